import type { Replica } from './replica.ts';

/**
 * Of a page of the replica's file, in bytes. With SQLite's own 4096 a first download writes four times as many pages: a
 * fifteenth of its time in a browser, where each is a call into the file system, and a sixth in Node.
 */
export const PAGE_BYTES = 16_384;

/**
 * Gives a new replica its page size, which a file keeps for good. The SDK has made its own tables by the time anybody else
 * gets hold of the connection, so these few pages are written anew, in one transaction of SQLite's: a crash leaves the one
 * size or the other. A file in which a device has lived stays as it is; it works as well with the size that it has.
 */
export async function sizePages(replica: Replica): Promise<void> {
  await replica.writeLock(async (connection) => {
    const lived = await connection.getOptional("SELECT 1 FROM sqlite_schema WHERE name = 'device_state'");
    if (lived !== null) return;
    await connection.execute(`PRAGMA page_size = ${PAGE_BYTES}`);
    await connection.execute('VACUUM');
  });
}
