import type { Observable } from '#platform/live/observable.ts';
import type { SyncState } from '#platform/sync/sync-state.ts';

/** Calls whenever the stream is connected anew, as it is within seconds of a change of rights. */
export function whenConnected(state: Observable<Pick<SyncState, 'download'>>, run: () => void): void {
  let wasConnected = state.current().download.isConnected;
  state.subscribe(({ download: { isConnected } }) => {
    const isNew = isConnected && !wasConnected;
    wasConnected = isConnected;
    if (isNew) run();
  });
}
