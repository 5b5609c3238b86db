import { useTranslation } from 'react-i18next';
import { usePlatform, useSession, useSyncState } from '#platform/live/replica-context.tsx';
import type { SyncState } from '#platform/sync/sync-state.ts';
import { Button } from '#ui/button.tsx';
import { DownloadProgress } from './download-progress.tsx';
import { StartScreen } from './start-screen.tsx';

/** Shown until the events and pull lists are here: how far it is, and the way on where something holds it up. */
export function FirstSyncScreen() {
  const { t } = useTranslation();
  const state = useSyncState();
  const session = useSession();
  return (
    <StartScreen title={t('session.firstSync.title')} actions={<Action mode={state.mode} />}>
      <p className="mb-6">{t('session.firstSync.text', { company: session.tenantName })}</p>
      <DownloadProgress state={state} label={t('session.firstSync.title')} />
    </StartScreen>
  );
}

function Action({ mode }: { readonly mode: SyncState['mode'] }) {
  const { t } = useTranslation();
  const platform = usePlatform();
  if (mode === 'held') {
    return (
      <Button kind="primary" size="main" onClick={() => void platform.sync.hold(false)}>
        {t('session.firstSync.goOnline')}
      </Button>
    );
  }
  if (mode === 'sign_in') {
    return (
      <Button kind="primary" size="main" onClick={() => platform.signIn()}>
        {t('session.signIn.button')}
      </Button>
    );
  }
  return null;
}
