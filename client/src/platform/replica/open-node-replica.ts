import type { DeviceId, NewId } from '@eventkit/shared/kernel/ids.ts';
import { createConsoleLogger, LogLevels, type PowerSyncLogger } from '@powersync/common';
import { PowerSyncDatabase } from '@powersync/node';
import { assertDurable } from './assert-durable.ts';
import { migrateDevice } from './device-migrations.ts';
import { PAGE_BYTES } from './page-size.ts';
import { createReplicaSchema } from './raw-tables.ts';
import { readAhead } from './read-ahead.ts';
import type { Replica } from './replica.ts';

export type NodeReplicaOptions = {
  /** An existing folder. */
  readonly folder: string;
  /** Different for each replica of a process: the SDK lets only one of a name download at a time. */
  readonly fileName: string;
  /** Kept by the replica from its first opening on. */
  readonly deviceId: DeviceId;
  readonly newId: NewId;
  /** How the sync stream is fetched; a simulation puts its faults here. */
  readonly fetch?: typeof globalThis.fetch;
  readonly logger?: PowerSyncLogger;
};

/** The same device as in a browser, in Node. The caller closes it. */
export async function openNodeReplica(options: NodeReplicaOptions): Promise<Replica> {
  const replica = new PowerSyncDatabase({
    schema: createReplicaSchema(),
    database: {
      dbFilename: options.fileName,
      dbLocation: options.folder,
      readWorkerCount: 1,
      implementation: { type: 'better-sqlite3' },
      initializeConnection: async (connection, isWriter) => {
        // A row with indexes and a trigger has a statement journal, which in a file costs a third of a first download.
        await connection.execute('PRAGMA temp_store = MEMORY');
        if (!isWriter) return;
        // Taken by a file that is new; the SDK turns to a write-ahead log afterwards, and then it is too late.
        await connection.execute(`PRAGMA page_size = ${PAGE_BYTES}`);
        // Readers would hold NORMAL, which is right for them.
        await connection.execute('PRAGMA synchronous = FULL');
      },
    },
    // Without it the SDK asks the environment for proxies, which a device on the same machine must not use.
    remoteOptions: {
      customFetch: options.fetch ?? (async (...request) => readAhead(await fetch(...request))),
    },
    logger: options.logger ?? createConsoleLogger({ minLevel: LogLevels.error }),
  });
  await replica.init();
  await assertDurable(replica);
  await migrateDevice(replica, options);
  return replica;
}
