import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { syncedTables } from '@eventkit/shared/schema/synced-tables.ts';
import {
  type CommonPowerSyncDatabase,
  PowerSyncDatabase,
  type PowerSyncLogger,
  Schema,
} from '@powersync/node';

export type TestDevice = {
  readonly db: CommonPowerSyncDatabase;
  connect(): Promise<void>;
  close(): Promise<void>;
};

type DeviceTables = Readonly<Record<string, { readonly columns: Readonly<Record<string, string>> }>>;

/** The unmodified SDK with raw tables as devices hold them, or other `tables`. */
export async function createDevice(options: {
  readonly url: () => string;
  readonly token: () => string | Promise<string>;
  readonly retryDelayMs?: number;
  readonly tables?: DeviceTables;
  readonly logger?: PowerSyncLogger;
}): Promise<TestDevice> {
  const folder = mkdtempSync(join(tmpdir(), 'eventkit-device-'));
  const tables: DeviceTables = options.tables ?? syncedTables;
  const schema = new Schema({});
  schema.withRawTables(
    Object.fromEntries(Object.keys(tables).map((name) => [name, { schema: { tableName: name } }])),
  );
  const db = new PowerSyncDatabase({
    schema,
    ...(options.logger === undefined ? {} : { logger: options.logger }),
    // The SDK has one lock for all databases of a name, wherever they are: only one of them would sync.
    database: {
      dbFilename: `${basename(folder)}.db`,
      dbLocation: folder,
      implementation: { type: 'better-sqlite3' },
    },
  });
  await db.init();
  for (const [name, { columns }] of Object.entries(tables)) {
    const list = Object.entries(columns).map(([column, type]) => `, ${column} ${type}`);
    await db.execute(`CREATE TABLE IF NOT EXISTS ${name} (id TEXT PRIMARY KEY NOT NULL${list.join('')})`);
  }
  return {
    db,
    connect: () =>
      db.connect(
        {
          fetchCredentials: async () => ({ endpoint: options.url(), token: await options.token() }),
          uploadData: async () => undefined,
        },
        { retryDelayMs: options.retryDelayMs ?? 100 },
      ),
    async close() {
      await db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
