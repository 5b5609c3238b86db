import { useTranslation } from 'react-i18next';
import { Button } from '#ui/button.tsx';
import { Notice } from '#ui/notice.tsx';
import { SectionHeading } from '#ui/section-heading.tsx';
import { usePushState, useSwitchPush } from './use-preferences.ts';

/** Whether this device tells anything while the app is closed, and the way to change it. */
export function PushHere({
  pushKey,
  isSubscribed,
  isWithout,
}: {
  readonly pushKey: string;
  readonly isSubscribed: boolean;
  readonly isWithout: boolean;
}) {
  const { t } = useTranslation();
  const { data: state } = usePushState(isSubscribed);
  const turn = useSwitchPush(pushKey);
  return (
    <section aria-label={t('notifications.here')}>
      <SectionHeading>{t('notifications.here')}</SectionHeading>
      <div className="flex min-h-18 flex-wrap items-center gap-3 px-4 py-3">
        {state !== undefined && (
          <>
            <p className="min-w-0 flex-1 basis-64" role="status">
              {t(`notifications.state.${state}`)}
            </p>
            {(state === 'on' || state === 'off') && (
              <Button
                kind={state === 'off' ? 'primary' : 'outline'}
                disabled={isWithout || turn.isPending}
                onClick={() => turn.mutate(state === 'off')}
              >
                {state === 'off' ? t('notifications.pushOn') : t('notifications.pushOff')}
              </Button>
            )}
          </>
        )}
      </div>
      <div className="px-4 not-empty:pb-3" aria-live="polite">
        {turn.isError && <Notice tone="warn" title={t('notifications.pushFailed')} />}
      </div>
    </section>
  );
}
