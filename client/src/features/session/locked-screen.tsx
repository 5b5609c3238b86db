import { Lock, LogIn, RotateCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import type { LeaseStanding } from '#platform/device/lease/lease.ts';
import { usePlatform, useSyncState } from '#platform/live/replica-context.tsx';
import { Button } from '#ui/button.tsx';
import { StartScreen } from './start-screen.tsx';

type Why = Extract<LeaseStanding, { readonly state: 'locked' }>['why'];

/** Nothing that the device holds is shown here but how much of it still has to be sent. */
export function LockedScreen({ why }: { readonly why: Why }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { mode, waitingCount } = useSyncState();
  return (
    <StartScreen title={t(`session.locked.title.${why}`)} actions={<WayOut />}>
      <p>{t(`session.locked.text.${why}`)}</p>
      <p className="mt-4 flex items-start gap-2.5 font-medium text-foreground" aria-live="polite">
        <Lock className="icon-lg flex-none" aria-hidden="true" />
        {waitingCount === 0
          ? t('session.locked.allSent')
          : t('session.locked.waiting', { count: waitingCount, shown: format.count(waitingCount) })}
      </p>
      <p className="mt-4" aria-live="polite">
        {t(`session.locked.mode.${modeOf(mode)}`)}
      </p>
    </StartScreen>
  );
}

function WayOut() {
  const { t } = useTranslation();
  const platform = usePlatform();
  const { mode } = useSyncState();
  if (mode === 'sign_in') {
    return (
      <Button
        kind="primary"
        size="main"
        icon={<LogIn className="icon-lg" />}
        onClick={() => platform.signIn()}
      >
        {t('session.signIn.button')}
      </Button>
    );
  }
  return (
    <Button
      kind="primary"
      size="main"
      icon={<RotateCw className="icon-lg" />}
      onClick={() => (mode === 'held' ? void platform.sync.hold(false) : platform.sync.wake())}
    >
      {t(mode === 'held' ? 'session.firstSync.goOnline' : 'session.signIn.retry')}
    </Button>
  );
}

function modeOf(mode: string): 'offline' | 'held' | 'unreachable' | 'sign_in' | 'revoked' | 'asking' {
  const said = (['offline', 'held', 'unreachable', 'sign_in', 'revoked'] as const).find(
    (one) => one === mode,
  );
  return said ?? 'asking';
}
