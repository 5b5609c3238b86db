import { createTestDatabase } from '@eventkit/database/testing/test-database.ts';
import fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { integerArray, textArray } from './binary-arrays.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let db: Client;
beforeAll(async () => {
  database = await createTestDatabase();
  db = new Client(database.ownerUrl);
  await db.connect();
});
afterAll(async () => {
  await db.end();
  await database.drop();
});

const orNull = <T>(values: fc.Arbitrary<T>) => fc.array(fc.option(values, { nil: null }), { maxLength: 50 });
const stored = async (type: string, bytes: Buffer) => {
  const { rows } = await db.query<{ values: unknown }>(`SELECT to_jsonb($1::${type}[]) AS values`, [bytes]);
  return rows[0]?.values;
};

test.each([
  ['int2', -(2 ** 15), 2 ** 15 - 1],
  ['int4', -(2 ** 31), 2 ** 31 - 1],
  ['int8', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
] as const)('PostgreSQL reads the %s that were given', async (type, min, max) => {
  await fc.assert(
    fc.asyncProperty(orNull(fc.integer({ min, max })), async (values) => {
      expect(await stored(type, integerArray(type, values))).toEqual(values);
    }),
  );
});

test('PostgreSQL reads the texts that were given, of any script and length', async () => {
  // PostgreSQL's text has no zero character, and half a surrogate pair is no text.
  const text = fc.string({ unit: 'grapheme', maxLength: 200 }).filter((value) => !value.includes('\0'));
  await fc.assert(
    fc.asyncProperty(orNull(text), async (values) => {
      expect(await stored('text', textArray(values))).toEqual(values);
    }),
  );
});
