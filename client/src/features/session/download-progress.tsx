import { useTranslation } from 'react-i18next';
import type { SyncState } from '#platform/sync/sync-state.ts';

/** How far the first download is, in a bar and a number; or what holds it up. */
export function DownloadProgress({ state, label }: { readonly state: SyncState; readonly label: string }) {
  const { t } = useTranslation();
  const percent = Math.floor((state.download.progress ?? 0) * 100);
  const isStopped = state.mode === 'offline' || state.mode === 'held' || state.mode === 'unreachable';
  return (
    <>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        className={`h-3 overflow-hidden rounded-chip bg-secondary ${isStopped ? 'hatched' : ''}`}
      >
        <div className="h-full origin-left bg-primary" style={{ width: `${percent}%` }} />
      </div>
      <p className="mt-2 flex justify-between gap-4 text-foreground" aria-live="polite">
        <span>{statusText()}</span>
        <span className="font-semibold">{t('session.firstSync.percent', { percent })}</span>
      </p>
    </>
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
