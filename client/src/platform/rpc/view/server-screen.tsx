import type { Permission } from '@eventkit/shared/permissions/roles.ts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession, useSyncState } from '#platform/live/replica-context.tsx';
import { ServerReads } from '#platform/rpc/server-reads.tsx';
import { BackLink } from '#ui/back-link.tsx';
import { Button } from '#ui/button.tsx';
import { Notice } from '#ui/notice.tsx';
import { Screen } from '#ui/screen.tsx';
import { ScreenHeader } from '#ui/screen-header.tsx';

/** A screen below More of what only the server knows, for those with one of these permissions; `refusal` is told to the others. */
export function ServerScreen({
  title,
  permission,
  refusal,
  children,
}: {
  readonly title: string;
  readonly permission: Permission | readonly Permission[];
  readonly refusal: string;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  const { permissions } = useSession();
  return [permission].flat().some((one) => permissions.includes(one)) ? (
    <ServerReads>{children}</ServerReads>
  ) : (
    <Screen header={<ScreenHeader back={<BackToMore />} title={title} />}>
      <div className="px-4">
        <Notice title={t('server.forAdmins')}>{refusal}</Notice>
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
  offlineText,
  onAgain,
}: {
  readonly isWithout: boolean;
  readonly hasData: boolean;
  readonly error: unknown;
  /** Why this needs the server. */
  readonly offlineText: string;
  readonly onAgain: () => void;
}) {
  const { t } = useTranslation();
  return (
    <div className="grid gap-3 px-4 not-empty:pb-3" aria-live="polite">
      {isWithout && (
        <Notice tone="offline" title={t('server.offlineTitle')}>
          {hasData ? t('server.offlineOld') : offlineText}
        </Notice>
      )}
      {!isWithout && !hasData && error === null && (
        <p className="text-muted-foreground">{t('server.fetching')}</p>
      )}
      {!isWithout && error !== null && (
        <Notice
          title={t('server.failedTitle')}
          actions={<Button onClick={onAgain}>{t('server.again')}</Button>}
        >
          {t('server.failedText')}
        </Notice>
      )}
    </div>
  );
}

/** The way to the next page of a list, where there is one. */
export function MoreOfList({
  list: { hasNextPage, isFetchingNextPage, fetchNextPage },
}: {
  readonly list: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => unknown;
  };
}) {
  const { t } = useTranslation();
  const isWithout = useIsWithout();
  if (!hasNextPage) return null;
  return (
    <div className="p-4">
      <Button kind="outline" disabled={isWithout || isFetchingNextPage} onClick={() => void fetchNextPage()}>
        {t('server.more')}
      </Button>
    </div>
  );
}

export function BackToMore() {
  const { t } = useTranslation();
  return <BackLink to="/more" label={t('common.back')} />;
}
