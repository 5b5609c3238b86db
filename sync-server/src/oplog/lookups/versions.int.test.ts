import { createTestDatabase, type TestDatabase } from '@eventkit/database/testing/test-database.ts';
import fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lookupReader } from './lookup-store.ts';
import { LookupWriter } from './lookup-writer.ts';
import { Lookups } from './lookups.ts';

const seed = Number(process.env['EVENTKIT_SEED'] ?? 20261123);
const numRuns = 30 * Number(process.env['EVENTKIT_RUNS'] ?? 1);

let database: TestDatabase;
let db: Client;

beforeAll(async () => {
  database = await createTestDatabase();
  db = new Client({ connectionString: database.ownerUrl });
  await db.connect();
});

afterAll(async () => {
  await db.end();
  await database.drop();
});

const found = fc.record({
  lookup: fc.constantFrom(0, 1),
  key: fc.constantFrom('["a"]', '["b"]'),
  value: fc.constantFrom('"x"', '"y"', '7'),
});
/** A row as it is found after a change: by each lookup at most once. */
const change = fc.record({
  key: fc.constantFrom('1', '2', '3'),
  lookups: fc.uniqueArray(found, { selector: (one) => one.lookup, maxLength: 2 }),
});
const history = fc.array(fc.uniqueArray(change, { selector: (one) => one.key, maxLength: 3 }), {
  minLength: 4,
  maxLength: 15,
});

test('[SY46] what a lookup finds as of an operation stays the same for as long as somebody reads it there', async () => {
  let readings = 0;
  let forgotten = 0;
  await fc.assert(
    fc.asyncProperty(history, fc.array(fc.nat(14), { maxLength: 3 }), async (batches, kept) => {
      await db.query('TRUNCATE sync.lookup_rows');
      const lookups = new Lookups();
      const writer = new LookupWriter(db, lookups, new Map([['t', 1]]));
      const read = lookupReader(db, () => 'sync');
      const asked = [0, 1].flatMap((id) => ['["a"]', '["b"]'].map((key) => ({ lookup: { id }, key })));
      const stateAt = new Map([[0, '[]']]);
      const rows = new Map<string, readonly { lookup: number; key: string; value: string }[]>();
      const held: { head: number; release: () => void; done: Promise<void> }[] = [];
      const expectAt = async (head: number) => {
        const values = [...(await read(asked, head, 100))].map(([name, list]) => [name, list]);
        expect(JSON.stringify(values.toSorted())).toBe(stateAt.get(head));
        readings += 1;
      };
      let head = 0;
      for (const [at, batch] of batches.entries()) {
        const changes = await writer.plan(
          batch.map((one) => ({ table: 't', ...one })),
          false,
        );
        for (const one of batch) rows.set(one.key, one.lookups);
        if (changes !== null) {
          await db.query('BEGIN');
          await writer.write(changes, head + 1, head);
          await db.query('COMMIT');
          // Committed, and not published yet: readers are at the old head.
          await expectAt(head);
          head += 1;
        }
        stateAt.set(head, stateOf([...rows.values()].flat()));
        writer.publish();
        await expectAt(head);
        if (kept.includes(at)) {
          const hold = Promise.withResolvers<void>();
          held.push({ head, release: hold.resolve, done: lookups.reading(head, () => hold.promise) });
        }
        for (const one of held) await expectAt(one.head);
      }
      for (const one of held) {
        one.release();
        await one.done;
      }
      expect(lookups.horizon(head)).toBe(head);
      const { rows: left } = await db.query<{ count: string }>(
        'SELECT count(*) FROM sync.lookup_rows WHERE removed_at IS NOT NULL',
      );
      if (held.length === 0 && Number(left[0]?.count) <= 6) forgotten += 1;
    }),
    { seed, numRuns },
  );
  expect(readings).toBeGreaterThan(numRuns * 10);
  expect(forgotten).toBeGreaterThan(numRuns / 10);
});

/** As the database is to be read: by lookup and key the values, each once and in their order. */
function stateOf(rows: readonly { lookup: number; key: string; value: string }[]): string {
  const names = [...new Set(rows.map(({ lookup, key }) => `${lookup}${key}`))];
  const values = names.map((name) => {
    const of = rows.filter(({ lookup, key }) => `${lookup}${key}` === name).map(({ value }) => value);
    return [name, [...new Set(of)].toSorted().map((value) => JSON.parse(value) as unknown)];
  });
  return JSON.stringify(values.toSorted());
}
