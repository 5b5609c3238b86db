import { Sparkles } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { useObservable } from '#platform/live/use-observable.ts';
import { Button } from '#ui/button.tsx';

/** A new version waits for a person to say yes; it never starts by itself, least of all during a burst. */
export function UpdateBanner() {
  const { t } = useTranslation();
  const { pwa } = usePlatform();
  const update = useObservable(pwa.update);
  if (update === 'none') return null;
  return (
    <div
      role="status"
      className="flex flex-none items-center gap-3 border-b border-border bg-selected px-4 py-1.5"
    >
      <Sparkles className="icon text-primary-text" aria-hidden="true" />
      <p className="min-w-0 flex-1 leading-tight">
        <b className="font-medium">{t('shell.update.ready')}</b>
        <span className="block text-[13px] text-muted-foreground tablet:inline tablet:ps-2 tablet:text-[12px]">
          {t('shell.update.safe')}
        </span>
      </p>
      <Button kind="primary" disabled={update === 'applying'} onClick={() => pwa.applyUpdate()}>
        {update === 'applying' ? t('shell.update.starting') : t('shell.update.start')}
      </Button>
    </div>
  );
}
