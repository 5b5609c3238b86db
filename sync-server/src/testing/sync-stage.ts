import { createTestDatabase, type TestDatabase } from '@eventkit/database/testing/test-database.ts';
import { Client } from 'pg';
import { createDevice, type TestDevice } from './device.ts';
import { dropSlot } from './drop-slot.ts';
import { openStream, type RawReader } from './raw-reader.ts';
import { checkpointsOf, dataOf, isComplete, rowsOf } from './read-lines.ts';
import { eventually, type RunningSyncServer, runSyncServer, testToken } from './running-sync-server.ts';
import { assetId, insertAssets, insertTenant, type TestTenant } from './test-tenant.ts';

type StageOptions = Omit<Parameters<typeof runSyncServer>[0], 'ownerUrl'>;

/** A database of its own with one tenant and 50 assets, and a sync server on it that is started when asked. */
export class SyncStage {
  readonly #database: Pick<TestDatabase, 'ownerUrl' | 'drop'>;
  #db: Client;
  readonly tenant: TestTenant;
  readonly #closing: (() => Promise<void> | void)[] = [];
  #running: RunningSyncServer | null = null;

  private constructor(database: Pick<TestDatabase, 'ownerUrl' | 'drop'>, db: Client, tenant: TestTenant) {
    this.#database = database;
    this.#db = db;
    this.tenant = tenant;
  }

  static async create(on?: Pick<TestDatabase, 'ownerUrl' | 'drop'>): Promise<SyncStage> {
    const database = on ?? (await createTestDatabase());
    const db = await connectOwner(database.ownerUrl);
    const tenant = await insertTenant(db, 1);
    await insertAssets(db, tenant, 1, 50);
    return new SyncStage(database, db, tenant);
  }

  get running(): RunningSyncServer {
    if (this.#running === null) throw new Error('the sync server was not started');
    return this.#running;
  }

  get db(): Client {
    return this.#db;
  }

  /** After its connection was ended. */
  async reconnect(): Promise<void> {
    this.#db = await connectOwner(this.ownerUrl);
  }

  get ownerUrl(): string {
    return this.#database.ownerUrl;
  }

  /** Without waiting for the first copy. */
  async launch(options: StageOptions = {}): Promise<void> {
    this.#running = await runSyncServer({ ownerUrl: this.ownerUrl, watchEveryMs: 100, ...options });
  }

  async start(options: StageOptions = {}): Promise<void> {
    await this.launch(options);
    await this.untilWell();
  }

  dropSlot(): Promise<void> {
    return dropSlot(this.db);
  }

  untilWell(): Promise<true> {
    return eventually(() => this.running.server.health().status === 'ok', 'the server to be well');
  }

  /** Waits until no more superseded rows are left than may be. */
  async untilMerged(): Promise<void> {
    await eventually(async () => {
      const { rows } = await this.db.query<{ all: string; live: string }>(
        'SELECT count(*) AS all, count(*) FILTER (WHERE superseded_by IS NULL) AS live FROM sync.ops',
      );
      return Number(rows[0]?.all) <= Number(rows[0]?.live) * 1.06 + 1000;
    }, 'superseded rows to be merged');
  }

  untilProblem(words: string): Promise<true> {
    return eventually(
      () => this.running.server.health().problems.some((problem) => problem.includes(words)),
      `the problem "${words}"`,
    );
  }

  /** Has everything committed so far been followed and served? Asked as devices ask. */
  async settle(): Promise<void> {
    const token = this.token();
    const response = await fetch(`${this.running.url}/write-checkpoint2.json?client_id=settle`, {
      headers: { authorization: `Token ${token}` },
    });
    const { data } = (await response.json()) as { data: { write_checkpoint: string } };
    const reader = await this.read({ body: { client_id: 'settle' } });
    await eventually(
      () => checkpointsOf(reader.lines).some((one) => one.write_checkpoint === data.write_checkpoint),
      'the write checkpoint',
    );
    reader.close();
  }

  token(more: Partial<Parameters<typeof testToken>[0]> = {}): string {
    return testToken({
      tenantId: this.tenant.id,
      userId: this.tenant.userId,
      deviceId: this.tenant.deviceId,
      ...more,
    });
  }

  async read(more: Partial<Parameters<typeof openStream>[0]> = {}): Promise<RawReader> {
    const reader = await openStream({ url: this.running.url, token: this.token(), ...more });
    this.#closing.push(() => reader.close());
    return reader;
  }

  /** A reader that has its first checkpoint. */
  async drained(more: Partial<Parameters<typeof openStream>[0]> = {}): Promise<RawReader> {
    const reader = await this.read(more);
    await eventually(() => isComplete(reader.lines), 'a complete checkpoint');
    return reader;
  }

  /** The unmodified SDK. */
  async device(more: Partial<Parameters<typeof createDevice>[0]> = {}): Promise<TestDevice> {
    const device = await createDevice({
      url: () => this.running.url,
      token: () => this.token(),
      ...more,
    });
    this.#closing.push(() => device.close());
    return device;
  }

  /** The same, which has everything there is. */
  async syncedDevice(): Promise<TestDevice> {
    const device = await this.device();
    await device.connect();
    await device.db.waitForFirstSync();
    return device;
  }

  /** Waits until the device holds exactly the assets of the database. */
  async deviceToConverge(device: TestDevice): Promise<void> {
    await eventually(async () => {
      const { rows } = await this.db.query(
        'SELECT id::text, serial, status FROM assets WHERE deleted_at IS NULL ORDER BY id',
      );
      const held = await device.db.getAll('SELECT id, serial, status FROM assets ORDER BY id');
      return JSON.stringify(rows) === JSON.stringify(held);
    }, 'the device to hold what the database holds');
  }

  mark(number: number, serial: string) {
    return this.db.query('UPDATE assets SET serial = $1 WHERE tenant_id = $2 AND id = $3', [
      serial,
      this.tenant.id,
      assetId(this.tenant, number),
    ]);
  }

  /** Waits until what the reader got comes to exactly the assets of the database. */
  async converge(...readers: RawReader[]): Promise<void> {
    await eventually(async () => {
      const { rows } = await this.db.query<{ id: string; serial: string | null }>(
        'SELECT id::text, serial FROM assets WHERE deleted_at IS NULL ORDER BY id',
      );
      const held = [...rowsOf(readers.flatMap((reader) => reader.lines))]
        .filter(([name]) => name.startsWith('assets/'))
        .map(([name, data]) => ({
          id: name.slice(7),
          // A null is not sent.
          serial: (JSON.parse(data) as { serial?: string }).serial ?? null,
        }))
        .toSorted((a, b) => (a.id < b.id ? -1 : 1));
      const last = readers.at(-1);
      return last !== undefined && isComplete(last.lines) && JSON.stringify(rows) === JSON.stringify(held);
    }, 'the reader to hold what the database holds');
  }

  async close(): Promise<void> {
    for (const close of this.#closing.splice(0)) await close();
    await this.#running?.stop();
    await this.db.end();
    await this.#database.drop();
  }
}

/** What was sent after the first `from` lines, as `PUT assets/<id>`, sorted. */
export function newsOf(reader: RawReader, from: number): string[] {
  return dataOf(reader.lines.slice(from))
    .map((op) => `${op.op} ${op.object_type}/${op.object_id}`)
    .toSorted();
}

async function connectOwner(connectionString: string): Promise<Client> {
  const db = new Client({ connectionString });
  db.on('error', () => undefined);
  await db.connect();
  return db;
}
