import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { DeviceId } from '@eventkit/shared/kernel/ids.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestIds, idOf } from '#platform/testing/test-ids.ts';
import { openNodeReplica } from './open-node-replica.ts';
import { PAGE_BYTES, sizePages } from './page-size.ts';
import type { Replica } from './replica.ts';

const SMALL_BYTES = 4096;

describe('the pages of a replica', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'eventkit-pages-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const fileName = 'replica.db';
  const openFile = () => new DatabaseSync(join(folder, fileName));
  const pageSizeOf = (file: DatabaseSync) => file.prepare('PRAGMA page_size').get()?.['page_size'];
  const openReplica = () =>
    openNodeReplica({ folder, fileName, deviceId: idOf(9, 1) as DeviceId, newId: createTestIds(1) });

  it('are large in a new file in Node', async () => {
    const replica = await openReplica();
    expect(await replica.get('PRAGMA page_size')).toEqual({ page_size: PAGE_BYTES });
    await replica.close();
  });

  it('stay as they are in a file that is there already', async () => {
    const older = openFile();
    older.exec(`PRAGMA page_size = ${SMALL_BYTES}; PRAGMA journal_mode = WAL; CREATE TABLE lived (id TEXT)`);
    older.close();
    const replica = await openReplica();
    expect(await replica.get('PRAGMA page_size')).toEqual({ page_size: SMALL_BYTES });
    expect(await replica.get('SELECT count(*) AS count FROM assets')).toEqual({ count: 0 });
    await replica.close();
  });

  it('grow where only the SDK has written, as in a browser, and what it wrote stays', async () => {
    const file = openFile();
    file.exec(
      `PRAGMA page_size = ${SMALL_BYTES}; CREATE TABLE ps_kv (key TEXT); INSERT INTO ps_kv VALUES ('kept')`,
    );
    await sizePages(onlyConnectionOf(file));
    expect(pageSizeOf(file)).toBe(PAGE_BYTES);
    expect(file.prepare('SELECT key FROM ps_kv').all()).toEqual([{ key: 'kept' }]);
    file.close();
  });

  it('stay as they are where a device has lived', async () => {
    const file = openFile();
    file.exec(`PRAGMA page_size = ${SMALL_BYTES}; CREATE TABLE device_state (key TEXT, value TEXT)`);
    await sizePages(onlyConnectionOf(file));
    expect(pageSizeOf(file)).toBe(SMALL_BYTES);
    file.close();
  });
});

/** A file with a rollback journal and one connection, as the SDK opens it in a browser. */
function onlyConnectionOf(file: DatabaseSync): Replica {
  const connection = {
    execute: async (sql: string) => file.exec(sql),
    getOptional: async (sql: string) => file.prepare(sql).get() ?? null,
  };
  return { writeLock: (work: (on: typeof connection) => unknown) => work(connection) } as unknown as Replica;
}
