/** What the browser grants us of the disk. */
export type StorageLook = {
  readonly isNearlyFull: boolean;
  /** True where the browser promised not to clear it when it runs short. */
  readonly isKept: boolean;
};

const NEARLY_FULL_SHARE = 0.9;
const NEARLY_FULL_BYTES = 100_000_000;

/** Asks the browser to keep our storage, once; some ask the person, some decide by how the app is used. */
export async function askToKeepStorage(storage: StorageManager): Promise<boolean> {
  if (typeof storage.persist !== 'function') return false;
  return (await storage.persisted()) || storage.persist();
}

/** Nearly full is when little is left in bytes as well as in proportion: quotas differ by a factor of a thousand. */
export async function lookAtStorage(storage: StorageManager): Promise<StorageLook> {
  const isKept = typeof storage.persisted === 'function' && (await storage.persisted());
  const { usage = 0, quota = 0 } = await storage.estimate();
  const isNearlyFull = quota > 0 && usage / quota > NEARLY_FULL_SHARE && quota - usage < NEARLY_FULL_BYTES;
  return { isNearlyFull, isKept };
}
