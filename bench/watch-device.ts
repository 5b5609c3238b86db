/** What the page of the app saw, in milliseconds since its navigation began; null what did not happen yet. */
export type DeviceMarks = {
  /** The local database is open and the app is there. */
  openedAt: number | null;
  /** Everything of the most urgent priority is committed. */
  codesAt: number | null;
  /** Everything is committed. */
  syncedAt: number | null;
  /** The pull list on the screen has lines. */
  pullListAt: number | null;
};

declare global {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface merges with the browser's own
  interface Window {
    deviceMarks: DeviceMarks;
  }
}

/**
 * Runs in the page before the app: marks when the device reaches what people wait for. It looks on only: the
 * platform is found where React keeps the context's value. Self-contained, as it is sent to the browser as text.
 */
export function watchDevice(): void {
  type Status = {
    readonly hasSynced?: boolean;
    statusForPriority(priority: number): { readonly hasSynced?: boolean };
  };
  type Replica = {
    readonly currentStatus: Status;
    registerListener(listener: { statusChanged(status: Status): void }): void;
  };
  type Fiber = {
    readonly memoizedProps: { readonly value?: { readonly replica?: Replica } } | null;
    readonly child: Fiber | null;
    readonly sibling: Fiber | null;
  };
  const MOST_URGENT = 1;
  const marks: DeviceMarks = { openedAt: null, codesAt: null, syncedAt: null, pullListAt: null };
  window.deviceMarks = marks;

  const findReplica = (fiber: Fiber | null): Replica | null => {
    if (fiber === null) return null;
    return fiber.memoizedProps?.value?.replica ?? findReplica(fiber.child) ?? findReplica(fiber.sibling);
  };
  const note = (status: Status) => {
    if (status.statusForPriority(MOST_URGENT).hasSynced === true) marks.codesAt ??= performance.now();
    if (status.hasSynced === true) marks.syncedAt ??= performance.now();
  };
  const look = () => {
    if (marks.openedAt === null) {
      const root = document.getElementById('root');
      const key =
        root === null ? undefined : Object.keys(root).find((name) => name.startsWith('__reactContainer$'));
      const replica = key === undefined ? null : findReplica(Reflect.get(root ?? {}, key) as Fiber);
      if (replica !== null) {
        marks.openedAt = performance.now();
        note(replica.currentStatus);
        replica.registerListener({ statusChanged: note });
      }
    }
    if (marks.pullListAt === null && document.querySelector('main table tbody tr td') !== null)
      marks.pullListAt = performance.now();
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
}
