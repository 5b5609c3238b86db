import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { qrPathOf } from '#platform/labels/qr-path.ts';
import { Button } from '#ui/button.tsx';
import { HoldButton } from '#ui/hold-button.tsx';
import { Notice } from '#ui/notice.tsx';
import { Sheet } from '#ui/sheet.tsx';
import { TextField } from '#ui/text-field.tsx';
import { type BadgeHolder, useGiveBadge, useTakeAway } from './use-badges.ts';

/** Gives somebody a badge and shows its code, once; takes badge or PIN away. */
export function BadgeSheet({
  holder,
  onClose,
}: {
  readonly holder: BadgeHolder;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const give = useGiveBadge();
  const takeAway = useTakeAway();
  const { personId, name, badgeGivenAt, hasPin } = holder;
  const hasBadge = badgeGivenAt !== null;
  const isBusy = give.isPending || takeAway.isPending;
  return (
    <Sheet isOpen title={name} closeLabel={t('common.close')} onClose={onClose}>
      {give.data !== undefined ? (
        <NewBadge code={give.data} onDone={onClose} />
      ) : (
        <div className="grid gap-5">
          <p>
            {hasBadge
              ? t('sharedDevice.badges.given', { time: format.timeOrDay(badgeGivenAt, nowForDisplay()) })
              : t('sharedDevice.badges.none')}{' '}
            {t(hasPin ? 'sharedDevice.badges.hasPin' : 'sharedDevice.badges.hasNoPin')}
          </p>
          {(give.isError || takeAway.isError) && (
            <Notice tone="alarm" title={t('sharedDevice.badges.failed')} />
          )}
          {hasBadge ? (
            <>
              <HoldButton kind="outline" isDisabled={isBusy} onHeld={() => give.mutate(personId)}>
                {t('sharedDevice.badges.replace')}
              </HoldButton>
              <HoldButton
                kind="outline"
                isDisabled={isBusy}
                onHeld={() => takeAway.mutate({ personId, what: 'badge' })}
              >
                {t('sharedDevice.badges.withdraw')}
              </HoldButton>
            </>
          ) : (
            <Button kind="primary" size="touch" disabled={isBusy} onClick={() => give.mutate(personId)}>
              {t('sharedDevice.badges.give')}
            </Button>
          )}
          {hasPin && (
            <HoldButton
              kind="outline"
              isDisabled={isBusy}
              onHeld={() => takeAway.mutate({ personId, what: 'pin' })}
            >
              {t('sharedDevice.badges.clearPin')}
            </HoldButton>
          )}
        </div>
      )}
    </Sheet>
  );
}

function NewBadge({ code, onDone }: { readonly code: string; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const { size, path } = useMemo(() => qrPathOf(code), [code]);
  return (
    <div className="grid gap-4">
      <p>{t('sharedDevice.badges.madeText')}</p>
      <svg
        viewBox={`0 0 ${size} ${size}`}
        role="img"
        aria-label={t('sharedDevice.badges.picture')}
        className="mx-auto size-56 rounded-control bg-white"
        shapeRendering="crispEdges"
      >
        <path d={path} fill="#000" />
      </svg>
      <TextField
        label={t('sharedDevice.badges.code')}
        readOnly
        className="font-mono"
        value={code}
        onFocus={(event) => event.target.select()}
      />
      <Button kind="primary" size="touch" onClick={onDone}>
        {t('sharedDevice.badges.done')}
      </Button>
    </div>
  );
}
