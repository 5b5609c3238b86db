import type { Workbox } from 'workbox-window';
import { createObservable } from '#platform/live/observable.ts';
import type { InstallState, Pwa, UpdateState } from './pwa-state.ts';

/** What Chromium hands out when it would install the app; not in the DOM's types. */
type InstallPromptEvent = Event & {
  prompt(): Promise<void>;
  readonly userChoice: Promise<{ readonly outcome: 'accepted' | 'dismissed' }>;
};

/** An app that stays open for days still hears of a new version. */
const LOOK_FOR_UPDATE_EVERY_MS = 3_600_000;

/**
 * Knows the service worker, which makes the app open without network, and follows what can be offered. A new version
 * waits for a yes: nothing reloads under a person's hands.
 */
export function startPwa(): Pwa {
  const update = createObservable<UpdateState>('none');
  const install = createObservable<InstallState>(firstInstallState());
  let installPrompt: InstallPromptEvent | null = null;
  const isKept = createObservable(false);
  let worker: Promise<Workbox | null> | null = null;

  const register = async () => {
    const { Workbox: Worker } = await import('workbox-window');
    const registered = new Worker('/sw.js');
    registered.addEventListener('waiting', () => update.set('ready'));
    registered.addEventListener('controlling', ({ isUpdate }) => {
      if (isUpdate) location.reload();
    });
    registered.register().catch((error: unknown) => console.error('no service worker', error));
    setInterval(() => {
      registered.update().catch((error: unknown) => console.warn('no look for a new version', error));
    }, LOOK_FOR_UPDATE_EVERY_MS);
    return registered;
  };
  const registerOnce = () => {
    if (worker !== null) return;
    void navigator.serviceWorker.ready.then(() => isKept.set(true));
    worker = register().catch((error: unknown) => {
      console.error('no service worker', error);
      worker = null;
      return null;
    });
  };
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    installPrompt = event as InstallPromptEvent;
    install.set('possible');
  });
  window.addEventListener('appinstalled', () => {
    installPrompt = null;
    install.set('installed');
  });

  return {
    keepForOffline() {
      if ('serviceWorker' in navigator && import.meta.env.PROD) registerOnce();
    },
    isKept,
    update,
    install,
    async applyUpdate() {
      const registered = await worker;
      if (!registered || update.current() !== 'ready') return;
      update.set('applying');
      registered.messageSkipWaiting();
    },
    async promptInstall() {
      if (installPrompt === null) return false;
      const prompt = installPrompt;
      installPrompt = null;
      await prompt.prompt();
      const { outcome } = await prompt.userChoice;
      install.set(outcome === 'accepted' ? 'installed' : 'not_possible');
      return outcome === 'accepted';
    },
  };
}

function firstInstallState(): InstallState {
  if (matchMedia('(display-mode: standalone)').matches) return 'installed';
  return /iPhone|iPad/.test(navigator.userAgent) ? 'by_hand' : 'not_possible';
}
