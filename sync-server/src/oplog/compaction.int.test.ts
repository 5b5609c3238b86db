import { sessionOptions } from '@eventkit/database/pool.ts';
import { createTestDatabase, type TestDatabase } from '@eventkit/database/testing/test-database.ts';
import fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compact, thin } from './compactor.ts';
import { addChecksums, type LoggedOp } from './operation-log.ts';
import { Oplog } from './oplog.ts';
import { readBuckets, readOpRange } from './oplog-store.ts';
import { OplogWriter } from './oplog-writer.ts';
import { readSegments } from './segment-store.ts';

const seed = Number(process.env['EVENTKIT_SEED'] ?? 20261123);
const multiple = Number(process.env['EVENTKIT_RUNS'] ?? 1);
const numRuns = 8 * multiple;
const bucketNames = ['a', 'b'];

let database: TestDatabase;
const clients: Client[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(async () => {
  for (const client of clients) await client.end();
  await database.drop();
});

async function connect(): Promise<Client> {
  const client = new Client({
    connectionString: database.ownerUrl,
    options: sessionOptions('eventkit_sync'),
  });
  await client.connect();
  clients.push(client);
  return client;
}

/** The real log with tiny segments, beside it every operation that ever was, and devices at every position. */
class Trial {
  readonly oplog = new Oplog(400, { ops: 6, bytes: 600 });
  readonly history: (LoggedOp & { bucket: string })[] = [];
  readonly #db: Client;
  readonly #reader: Client;
  readonly #merger: Client;
  #writer: OplogWriter;
  merged = 0;
  /** Sums were thinned: whoever stands among them begins a bucket anew. */
  isThin = false;
  begunAnew = 0;

  constructor(db: Client, reader: Client, merger: Client) {
    this.#db = db;
    this.#reader = reader;
    this.#merger = merger;
    this.oplog.open('d', [], 0, this.#readRange);
    this.#writer = this.#newWriter(0, new Map());
  }

  readonly #readRange = (bucketId: number, from: number, to: number) =>
    readOpRange({ db: this.#reader, schema: 'sync' }, { bucketId, from, to }, () => 't');

  #newWriter(lastOpId: number, bucketIds: ReadonlyMap<string, number>): OplogWriter {
    const tableIds = new Map([['t', 1]]);
    return new OplogWriter(this.#db, this.oplog, {
      lastOpId,
      bucketIds,
      tableIds,
      lookupTableIds: new Map(),
    });
  }

  /** Rows of one transaction: each goes into the bucket, or out of both. */
  async write(rows: readonly { key: number; bucket: string | null; data: string }[], isLast: boolean) {
    await this.#writer.write(
      rows.map(({ key, bucket, data }) => ({
        table: 't',
        key: String(key),
        content: () => ({
          copies: bucket === null ? [] : [{ bucket, rowId: String(key), data }],
          lookups: [],
        }),
      })),
      isLast ? { lsn: '0/0', isServable: true } : null,
    );
    const { rows: all } = await this.#db.query<Record<'op_id' | 'checksum' | 'row_id' | 'name', string>>(
      `SELECT op_id, o.checksum, row_id, name FROM sync.ops o JOIN sync.buckets ON id = bucket_id
       WHERE op_id > $1 ORDER BY op_id`,
      [this.history.at(-1)?.opId ?? 0],
    );
    for (const { op_id: opId, checksum, row_id: rowId, name: bucket } of all)
      this.history.push({
        opId: Number(opId),
        checksum: Number(checksum),
        rowId,
        bucket,
        table: 't',
        data: null,
      });
  }

  async compact(): Promise<void> {
    await compact({ db: this.#merger, oplog: this.oplog, onMerged: (count) => (this.merged += count) });
  }

  /** As if everything that was summed were old. */
  async thin(): Promise<void> {
    await thin({ db: this.#merger, oplog: this.oplog, keepMs: 0 });
    this.isThin = true;
  }

  /** As a new process finds it. */
  async restart(): Promise<void> {
    const stored = await readBuckets(this.#db, 'sync');
    const segments = await readSegments(this.#db, 'sync', this.#writer.lastOpId, { ops: 5, bytes: 500 });
    const logs = stored.map(({ id, name, totals }) => {
      const log = this.oplog.newBucket(id, name);
      log.restore(totals, segments.get(id) ?? []);
      return log;
    });
    this.oplog.open('d', logs, this.#writer.lastOpId, this.#readRange);
    this.#writer = this.#newWriter(
      this.#writer.lastOpId,
      new Map(stored.map(({ id, name }) => [name, id] as const)),
    );
  }

  /** Whoever has everything until `position` gets to the head with the right sum, line by line, and the right rows. */
  async checkFrom(position: number): Promise<void> {
    const head = this.oplog.head ?? 0;
    for (const bucket of bucketNames) {
      const ops = this.history.filter((op) => op.bucket === bucket && op.opId <= head);
      const totalAt = (opId: number) =>
        ops.reduce((sum, op) => (op.opId <= opId ? addChecksums(sum, op.checksum) : sum), 0);
      const log = this.oplog.bucket(bucket);
      let sum = totalAt(position);
      let at = position;
      const held = new Map<string, string>();
      let told = log?.countAfter(position) ?? 0;
      let sentCount = 0;
      let range = log?.next(at, head) ?? null;
      while (log !== null && range !== null) {
        const { ops: sent, dropped, isCut = false } = await this.oplog.load(log, range);
        if (isCut) {
          expect(this.isThin && at === position && position > 0).toBe(true);
          this.begunAnew += 1;
          [sum, at, told] = [0, 0, log.countAfter(0)];
          range = log.next(0, head);
          continue;
        }
        for (const op of sent) {
          sum = addChecksums(sum, op.checksum);
          expect(op.opId).toBeGreaterThan(at);
          expect(op.opId).toBeLessThanOrEqual(range.to);
          if (op.data === null) held.delete(op.rowId);
          else held.set(op.rowId, op.data);
        }
        if (dropped !== null) {
          sum = addChecksums(sum, dropped.checksum);
          expect(dropped.supersededBy).toBeGreaterThan(0);
          expect(dropped.supersededBy).toBeLessThanOrEqual(log.lastOpId);
        }
        sentCount += sent.length + (dropped === null ? 0 : 1);
        const last = Math.max(sent.at(-1)?.opId ?? 0, dropped?.opId ?? 0);
        // A client that breaks off here comes back with this number.
        expect(sum).toBe(totalAt(last));
        at = range.to;
        range = log.next(at, head);
      }
      expect(sum).toBe(log?.checksum ?? 0);
      expect(log?.opCount ?? 0).toBe(ops.length);
      expect(sentCount).toBeLessThanOrEqual(told);
      if (position > 0) continue;
      expect(sentCount).toBe(told);
      // As others see it: the writer's own connection would show what is not committed yet.
      const { rows } = await this.#reader.query<{ row_id: string; data: string }>(
        `SELECT row_id, data FROM sync.ops JOIN sync.buckets ON id = bucket_id
         WHERE name = $1 AND superseded_by IS NULL AND data IS NOT NULL ORDER BY row_id`,
        [bucket],
      );
      expect([...held].toSorted()).toEqual(rows.map((row) => [row.row_id, row.data]).toSorted());
    }
  }
}

const rows = fc.uniqueArray(
  fc.record({
    key: fc.integer({ min: 0, max: 12 }),
    bucket: fc.constantFrom('a', 'a', 'a', 'b', null),
    data: fc.constantFrom('x', 'y', 'z', 'long '.repeat(20)),
  }),
  { selector: (row) => row.key, minLength: 1, maxLength: 6 },
);
const steps = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({ do: fc.constant('write' as const), rows, isLast: fc.boolean() }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('compact' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('thin' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('read' as const), position: fc.integer({ min: 0, max: 99 }) }),
    },
  ),
  { minLength: 10, maxLength: 45, size: 'max' },
);

test(
  '[SY11] [SY32] whatever was merged when, a reader from any position gets the right sums and rows',
  async () => {
    const [db, reader, merger] = [await connect(), await connect(), await connect()];
    let mergedAtAll = 0;
    let begunAnewAtAll = 0;
    await fc.assert(
      fc.asyncProperty(steps, async (script) => {
        await db.query('ROLLBACK');
        await db.query('TRUNCATE sync.ops, sync.checksums, sync.buckets');
        const trial = new Trial(db, reader, merger);
        let isOpen = false;
        for (const step of script) {
          if (step.do === 'write') {
            await trial.write(step.rows, step.isLast);
            isOpen = !step.isLast;
          }
          if (step.do === 'compact') await trial.compact();
          if (step.do === 'thin') await trial.thin();
          if (step.do === 'restart' && !isOpen) await trial.restart();
          if (step.do === 'read') await trial.checkFrom(step.position);
        }
        await trial.write([{ key: 0, bucket: 'a', data: 'end' }], true);
        await trial.compact();
        for (let position = 0; position <= trial.history.length; position += 1)
          await trial.checkFrom(position);
        await trial.thin();
        for (let position = 0; position <= trial.history.length; position += 1)
          await trial.checkFrom(position);
        mergedAtAll += trial.merged;
        begunAnewAtAll += trial.begunAnew;
      }),
      { seed, numRuns },
    );
    expect(mergedAtAll).toBeGreaterThan(numRuns * 10);
    expect(begunAnewAtAll).toBeGreaterThan(numRuns);
  },
  60_000 * multiple,
);
