import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { targetOfThing } from '#platform/labels/labelled-thing.ts';
import { AssignCode } from '#platform/labels/view/assign-code.tsx';
import type { Assigned } from '#platform/labels/view/assign-sheet.tsx';
import { Button } from '#ui/button.tsx';
import { OutcomeGlyph } from '#ui/outcome-glyph.tsx';
import { Toast } from '#ui/toast.tsx';
import type { NotFound } from './use-look-up.ts';

/** Long enough to be read twice from an arm's length. */
const SHOWN_FOR_MS = 10_000;

/**
 * A code that leads nowhere, said without getting in the way of the screen. Whoever has stuck a blank label on says here
 * what it is on.
 */
export function NotFoundToast({
  notFound,
  onClose,
}: {
  readonly notFound: NotFound | null;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [asked, setAsked] = useState<string | null>(null);
  useEffect(() => {
    if (notFound === null) return;
    const timer = setTimeout(onClose, SHOWN_FOR_MS);
    return () => clearTimeout(timer);
  }, [notFound, onClose]);
  const show = ({ thing }: Assigned) => {
    setAsked(null);
    const target = targetOfThing(thing);
    void (target.kind === 'asset'
      ? navigate({ to: '/assets/$assetId', params: { assetId: target.id } })
      : navigate({ to: '/find', search: { place: target.id } }));
  };
  return (
    <>
      <Toast
        icon={<OutcomeGlyph outcome="unknown" className="size-8" />}
        closeLabel={t('common.close')}
        onClose={onClose}
      >
        {notFound && (
          <>
            <p className="truncate font-mono text-[17px] font-semibold">{notFound.code}</p>
            <p className="text-[14px] leading-snug text-muted-foreground">{t(`lookup.${notFound.kind}`)}</p>
            {notFound.kind === 'unknown' && (
              <Button
                className="mt-2"
                onClick={() => {
                  setAsked(notFound.code);
                  onClose();
                }}
              >
                {t('labels.giveShort')}
              </Button>
            )}
          </>
        )}
      </Toast>
      <AssignCode code={asked} onAssigned={show} onClose={() => setAsked(null)} />
    </>
  );
}
