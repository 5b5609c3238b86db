import type { Client } from 'pg';
import { crewConfig, crewTables } from '#config/testing/crew-config.ts';
import { createDevice, type TestDevice } from './device.ts';
import { openStream, type RawReader } from './raw-reader.ts';
import { heldRows, isComplete } from './read-lines.ts';
import { eventually, testToken } from './running-sync-server.ts';
import { SyncStage } from './sync-stage.ts';

type Start = Parameters<SyncStage['start']>[0];

export const crewTenant = 't-1';

/** A stage with the tables of the crew configuration, which EventKit itself does not have. */
export class CrewStage {
  readonly stage: SyncStage;
  readonly #devices: TestDevice[] = [];
  readonly #readers: RawReader[] = [];

  private constructor(stage: SyncStage) {
    this.stage = stage;
  }

  static async create(): Promise<CrewStage> {
    const stage = await SyncStage.create();
    for (const [table, columns] of Object.entries(crewTables)) {
      const list = Object.entries(columns).map(
        ([name, type]) =>
          `${name} ${type === 'text' ? 'text' : 'bigint'}${name === 'id' ? ' PRIMARY KEY' : ''}`,
      );
      await stage.db.query(`CREATE TABLE ${table} (${list.join(', ')})`);
      await stage.db.query(`GRANT SELECT ON ${table} TO eventkit_sync`);
      await stage.db.query(`ALTER PUBLICATION powersync ADD TABLE ${table}`);
    }
    return new CrewStage(stage);
  }

  get db(): Client {
    return this.stage.db;
  }

  start(options: Start = {}): Promise<void> {
    return this.stage.start({ configText: crewConfig, ...options });
  }

  async insert(
    table: keyof typeof crewTables,
    values: Record<string, string | number | null>,
  ): Promise<void> {
    const row: Record<string, string | number | null> =
      'tenant_id' in crewTables[table] ? { tenant_id: crewTenant, ...values } : values;
    const names = Object.keys(row);
    await this.db.query(
      `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((_, at) => `$${at + 1}`).join(', ')})`,
      Object.values(row),
    );
  }

  token(userId: string, more: Partial<Parameters<typeof testToken>[0]> = {}): string {
    return testToken({ tenantId: crewTenant, userId, permissions: [], ...more });
  }

  /** The unmodified SDK. */
  async device(userId: string): Promise<TestDevice> {
    const device = await createDevice({
      url: () => this.stage.running.url,
      token: () => this.token(userId),
      tables: Object.fromEntries(
        Object.entries(crewTables).map(([table, { id: _, ...columns }]) => [table, { columns }]),
      ),
    });
    this.#devices.push(device);
    await device.connect();
    await device.db.waitForFirstSync();
    return device;
  }

  async read(userId: string, more: Partial<Parameters<typeof openStream>[0]> = {}): Promise<RawReader> {
    const reader = await openStream({ url: this.stage.running.url, token: this.token(userId), ...more });
    this.#readers.push(reader);
    return reader;
  }

  async drained(userId: string, more: Partial<Parameters<typeof openStream>[0]> = {}): Promise<RawReader> {
    const reader = await this.read(userId, more);
    await eventually(() => isComplete(reader.lines), 'a complete checkpoint');
    return reader;
  }

  async close(): Promise<void> {
    for (const reader of this.#readers.splice(0)) reader.close();
    for (const device of this.#devices.splice(0)) await device.close();
    await this.stage.close();
  }
}

/** Ids of a device's rows, as `jobs a b, tasks c`. */
export async function heldBy(device: TestDevice): Promise<string> {
  const held: string[] = [];
  for (const table of ['jobs', 'tasks']) {
    const rows = await device.db.getAll<{ id: string }>(`SELECT id FROM ${table} ORDER BY id`);
    if (rows.length > 0) held.push([table, ...rows.map(({ id }) => id)].join(' '));
  }
  return held.join(', ');
}

/** The same of what a reader was sent. */
export function namesOf(reader: RawReader): string {
  const names = [...heldRows(reader.lines).keys()].map((name) => name.split('/') as [string, string]);
  return ['jobs', 'tasks']
    .map((table) => [
      table,
      ...names
        .filter(([of]) => of === table)
        .map(([, id]) => id)
        .toSorted(),
    ])
    .filter((words) => words.length > 1)
    .map((words) => words.join(' '))
    .join(', ');
}
