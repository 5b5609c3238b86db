import { isStorageFull } from './storage-problem.ts';

/** Tries whether this device still takes a write. */
export type HasRoom = () => Promise<boolean>;

/** One page of a database and a little more. */
const PROBE_BYTES = 16_384;
const PROBE_FILE = 'is-there-room';

/**
 * Whether a write failed for want of room. Where the browser's file storage has no room, SQLite only says "disk I/O
 * error", as it does for a broken disk; so then, and only then, `hasRoom` is asked.
 */
export async function failedForRoom(error: unknown, hasRoom: HasRoom | undefined): Promise<boolean> {
  if (isStorageFull(error)) return true;
  return hasRoom !== undefined && /disk I\/O error|SQLITE_IOERR/i.test(String(error)) && !(await hasRoom());
}

/**
 * Whether the browser's file storage takes a small file now. Trying is the only sure way: for privacy, Chromium's
 * estimate says 10 GB of quota however full the disk is. True where something else than room is in the way.
 */
export async function hasRoomInFiles(storage: Pick<StorageManager, 'getDirectory'>): Promise<boolean> {
  try {
    const folder = await storage.getDirectory();
    const file = await folder.getFileHandle(PROBE_FILE, { create: true });
    const stream = await file.createWritable();
    await stream.write(new Uint8Array(PROBE_BYTES));
    await stream.close();
    // After a failure the empty file stays until there is room: while its stream is open it cannot be removed.
    await folder.removeEntry(PROBE_FILE);
    return true;
  } catch (error) {
    return !isStorageFull(error);
  }
}
