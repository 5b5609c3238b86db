import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession, useSyncState } from '#platform/live/replica-context.tsx';
import { ServerReads } from '#platform/rpc/server-reads.tsx';
import { BackLink } from '#ui/back-link.tsx';
import { Button } from '#ui/button.tsx';
import { Notice } from '#ui/notice.tsx';
import { Screen } from '#ui/screen.tsx';
import { ScreenHeader } from '#ui/screen-header.tsx';

/** For those who say who may do what; the others are told so. */
export function ForAdmins({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { t } = useTranslation();
  const { permissions } = useSession();
  return permissions.includes('users:manage') ? (
    <ServerReads>{children}</ServerReads>
  ) : (
    <Screen header={<ScreenHeader back={<BackToMore />} title={title} />}>
      <div className="px-4">
        <Notice title={t('people.notAllowedTitle')}>{t('people.notAllowedText')}</Notice>
      </div>
    </Screen>
  );
}

/** Whether the server is out of reach, so that nothing can be asked or changed. */
export function useIsWithout(): boolean {
  const { mode } = useSyncState();
  return mode === 'offline' || mode === 'held' || mode === 'unreachable';
}

/** Why there is nothing to see yet, or why it is old. */
export function ServerNotices({
  isWithout,
  hasData,
  error,
  onAgain,
}: {
  readonly isWithout: boolean;
  readonly hasData: boolean;
  readonly error: unknown;
  readonly onAgain: () => void;
}) {
  const { t } = useTranslation();
  return (
    <div className="grid gap-3 px-4 not-empty:pb-3" aria-live="polite">
      {isWithout && (
        <Notice tone="offline" title={t('people.offlineTitle')}>
          {hasData ? t('people.offlineOld') : t('people.offlineText')}
        </Notice>
      )}
      {!isWithout && !hasData && error === null && (
        <p className="text-muted-foreground">{t('people.fetching')}</p>
      )}
      {!isWithout && error !== null && (
        <Notice
          title={t('people.failedTitle')}
          actions={<Button onClick={onAgain}>{t('people.again')}</Button>}
        >
          {t('people.failedText')}
        </Notice>
      )}
    </div>
  );
}

export function BackToMore() {
  const { t } = useTranslation();
  return <BackLink to="/more" label={t('common.back')} />;
}
