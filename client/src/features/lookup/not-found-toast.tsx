import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { OutcomeGlyph } from '#ui/outcome-glyph.tsx';
import { Toast } from '#ui/toast.tsx';
import type { NotFound } from './use-look-up.ts';

/** Long enough to be read twice from an arm's length. */
const SHOWN_FOR_MS = 10_000;

/** A code that leads nowhere, said without getting in the way of the screen. */
export function NotFoundToast({
  notFound,
  onClose,
}: {
  readonly notFound: NotFound | null;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  useEffect(() => {
    if (notFound === null) return;
    const timer = setTimeout(onClose, SHOWN_FOR_MS);
    return () => clearTimeout(timer);
  }, [notFound, onClose]);
  return (
    <Toast
      icon={<OutcomeGlyph outcome="unknown" className="size-8" />}
      closeLabel={t('common.close')}
      onClose={onClose}
    >
      {notFound && (
        <>
          <p className="truncate font-mono text-[17px] font-semibold">{notFound.code}</p>
          <p className="text-[14px] leading-snug text-muted-foreground">{t(`lookup.${notFound.kind}`)}</p>
        </>
      )}
    </Toast>
  );
}
