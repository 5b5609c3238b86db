import { createObservable, type Observable } from '#platform/live/observable.ts';

/** Whether the browser has any network; whether the server can be reached is another question. */
export function followNetwork(): Observable<boolean> {
  const network = createObservable(navigator.onLine);
  window.addEventListener('online', () => network.set(true));
  window.addEventListener('offline', () => network.set(false));
  return network;
}

/** Calls when the page is looked at again, after which clocks and connections may be stale. */
export function whenResumed(run: () => void): void {
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') run();
  });
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) run();
  });
}
