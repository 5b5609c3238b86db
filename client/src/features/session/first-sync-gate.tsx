import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { usePlatform, useSession, useSyncState } from '#platform/live/replica-context.tsx';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import type { SyncState } from '#platform/sync/sync-state.ts';
import { Button } from '#ui/button.tsx';
import { REPLICA_COUNTS, type ReplicaCounts } from './replica-counts-queries.ts';
import { StartScreen } from './start-screen.tsx';

/** Nothing can be scanned before the first download is complete: shows how far it is, then never again. */
export function FirstSyncGate({ children }: { readonly children: ReactNode }) {
  const state = useSyncState();
  return state.download.hasSynced ? children : <FirstSyncScreen state={state} />;
}

function FirstSyncScreen({ state }: { readonly state: SyncState }) {
  const { t } = useTranslation();
  const format = useFormat();
  const platform = usePlatform();
  const session = useSession();
  const [counts] = useLiveQuery<ReplicaCounts>(REPLICA_COUNTS).rows;
  const percent = Math.floor((state.download.progress ?? 0) * 100);
  const isStopped = state.mode === 'offline' || state.mode === 'held' || state.mode === 'unreachable';

  return (
    <StartScreen title={t('session.firstSync.title')} actions={<Action state={state} platform={platform} />}>
      <p>{t('session.firstSync.text', { company: session.tenantName })}</p>
      <div
        role="progressbar"
        aria-label={t('session.firstSync.title')}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        className={`mt-6 h-3 overflow-hidden rounded-chip bg-secondary ${isStopped ? 'hatched' : ''}`}
      >
        <div className="h-full origin-left bg-primary" style={{ width: `${percent}%` }} />
      </div>
      <p className="mt-2 flex justify-between gap-4 text-foreground" aria-live="polite">
        <span>{statusText()}</span>
        <span className="font-semibold">{t('session.firstSync.percent', { percent })}</span>
      </p>
      {counts !== undefined && counts.codes + counts.assets > 0 && (
        <p className="mt-1 text-[14px]">
          {t('session.firstSync.counts', {
            codes: format.count(counts.codes),
            assets: format.count(counts.assets),
            events: format.count(counts.events),
          })}
        </p>
      )}
    </StartScreen>
  );

  function statusText(): string {
    switch (state.mode) {
      case 'offline':
        return t('session.firstSync.offline');
      case 'held':
        return t('session.firstSync.held');
      case 'unreachable':
        return t('session.firstSync.unreachable');
      case 'sign_in':
        return t('session.firstSync.signIn');
      default:
        return state.download.isConnected ? '' : t('session.firstSync.connecting');
    }
  }
}

function Action({
  state,
  platform,
}: {
  readonly state: SyncState;
  readonly platform: ReturnType<typeof usePlatform>;
}) {
  const { t } = useTranslation();
  if (state.mode === 'held') {
    return (
      <Button kind="primary" size="main" onClick={() => void platform.sync.hold(false)}>
        {t('session.firstSync.goOnline')}
      </Button>
    );
  }
  if (state.mode === 'sign_in') {
    return (
      <Button kind="primary" size="main" onClick={() => platform.signIn()}>
        {t('session.signIn.button')}
      </Button>
    );
  }
  return null;
}
