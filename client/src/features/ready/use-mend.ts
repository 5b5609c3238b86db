import { useNavigate } from '@tanstack/react-router';
import { usePlatform } from '#platform/live/replica-context.tsx';
import type { Mend } from './judge-ready.ts';

/** Does what a tap promises. Resolves when it is done or cannot be: the answer beside it says which. */
export function useMend(): (mend: Mend) => Promise<void> {
  const { sync, pwa, keepStorage, signIn } = usePlatform();
  const navigate = useNavigate();
  return async (mend) => {
    switch (mend) {
      case 'fetch':
      case 'send':
        return sync.wake();
      case 'keep_app':
        return pwa.keepForOffline();
      case 'keep_storage':
        await keepStorage();
        return;
      case 'install':
        await pwa.promptInstall();
        await keepStorage();
        return;
      case 'check_clock':
        return sync.checkClock();
      case 'sign_in':
        return signIn();
      case 'go_online':
        return sync.hold(false);
      case 'open_outbox':
        return navigate({ to: '/outbox' });
    }
  };
}
