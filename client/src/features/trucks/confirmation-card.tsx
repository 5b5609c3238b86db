import { CircleCheckBig, Signature, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { AttachmentStrip } from '#platform/attachments/view/attachment-strip.tsx';
import { Button } from '#ui/button.tsx';
import { Notice } from '#ui/notice.tsx';
import type { ShownConfirmation } from './truck-view.ts';

/** Who answers for the list, who saw it too, what was left behind, and what changed since. */
export function ConfirmationCard({
  confirmation,
  onConfirmAgain,
  onSign,
}: {
  readonly confirmation: ShownConfirmation;
  readonly onConfirmAgain: () => void;
  /** Confirms again, with a signature. */
  readonly onSign: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { changes, leftBehind, witnesses } = confirmation;
  const nameOf = (name: string | null) => name ?? t('trucks.somebody');
  const signButton = (
    <Button
      kind="outline"
      size="touch"
      icon={<Signature className="icon-lg" aria-hidden="true" />}
      onClick={onSign}
    >
      {t('trucks.witnessSigned')}
    </Button>
  );
  return (
    <div className="mx-4 mb-3 flex-none space-y-2">
      <section className="rounded-panel border border-border bg-card p-3">
        <p className="flex items-center gap-2 text-[16px] font-semibold">
          <CircleCheckBig className="icon-lg text-ok-text" aria-hidden="true" />
          {t('trucks.confirmedBy', {
            name: nameOf(confirmation.byName),
            time: format.time(confirmation.at),
          })}
        </p>
        <AttachmentStrip attachments={confirmation.signatures} />
        <p className="mt-1 text-[14px] text-muted-foreground">
          <span className="font-mono">{t('trucks.listMark', { mark: confirmation.listMark })}</span>
          {' · '}
          {t('trucks.listMarkHint', { count: confirmation.listCount })}
        </p>
        {witnesses.map((witness) => (
          <div key={`${witness.at} ${witness.byName}`} className="mt-1 text-[14px]">
            <p>
              {t(witness.isSameList ? 'trucks.witnessSame' : 'trucks.witnessOther', {
                name: nameOf(witness.byName),
                time: format.time(witness.at),
              })}
            </p>
            <AttachmentStrip attachments={witness.signatures} />
          </div>
        ))}
        {leftBehind.length > 0 && (
          <div className="mt-2 border-t border-rule pt-2 text-[14px]">
            <p className="font-semibold">{t('trucks.leftWithout')}</p>
            {leftBehind.map((left) => (
              <p key={`${left.productId} ${left.why}`}>
                {t('trucks.leftLine', {
                  count: left.count,
                  product: left.productName,
                  why: t(`trucks.${left.why}`),
                })}
              </p>
            ))}
          </div>
        )}
        {changes.length === 0 && (
          <div className="mt-3 grid grid-cols-2 gap-2">
            <Button kind="outline" size="touch" onClick={onConfirmAgain}>
              {t('trucks.witness')}
            </Button>
            {signButton}
          </div>
        )}
      </section>
      {changes.length > 0 && (
        <Notice
          tone="warn"
          icon={<TriangleAlert className="icon-lg" aria-hidden="true" />}
          title={t('trucks.changedTitle', { count: changes.length, shown: format.count(changes.length) })}
          actions={
            <>
              <Button kind="secondary" size="touch" onClick={onConfirmAgain}>
                {t('trucks.confirmAgain')}
              </Button>
              {signButton}
            </>
          }
        >
          <ul className="mb-1">
            {changes.map((change) => (
              <li key={`${change.kind} ${change.code}`}>
                {t(change.kind === 'load' ? 'trucks.changedOn' : 'trucks.changedOff', { code: change.code })}
                {' · '}
                {change.productName}
              </li>
            ))}
          </ul>
          {t('trucks.changedText')}
        </Notice>
      )}
    </div>
  );
}
