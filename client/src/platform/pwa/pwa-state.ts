import type { Observable } from '#platform/live/observable.ts';

/** ready: a new version lies here and waits for a person to say yes. */
export type UpdateState = 'none' | 'ready' | 'applying';

/** possible: the browser would install the app if asked. by_hand: only its menu can, as on iOS. */
export type InstallState = 'installed' | 'possible' | 'by_hand' | 'not_possible';

export type Pwa = {
  /**
   * Fetches the whole app onto the device, so that it opens without network from then on. Called when a new device has
   * its data: both at once would slow the first use down by a third. Doing it again does nothing.
   */
  keepForOffline(): void;
  /** True once the app opens without network. */
  readonly isKept: Observable<boolean>;
  readonly update: Observable<UpdateState>;
  /** Starts the new version; the page loads again. What is recorded stays. */
  applyUpdate(): Promise<void>;
  readonly install: Observable<InstallState>;
  /** Asks the browser to ask the person. True when they agreed. */
  promptInstall(): Promise<boolean>;
};
