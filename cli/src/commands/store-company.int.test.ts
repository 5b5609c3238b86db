import { createTestDatabase, type TestDatabase } from '@eventkit/database/testing/test-database.ts';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '#system-clock.ts';
import type { NewCompany } from './read-new-company.ts';
import { storeCompany } from './store-company.ts';

const COMPANY: NewCompany = {
  ...{ name: 'Bühne & Ton', slug: 'buehne-ton', locale: 'de', timeZone: 'Europe/Zurich' },
  currency: 'CHF',
  admin: { name: 'Lea Huber', email: 'lea@buehne.example' },
};
let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

async function rowsOf(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test('a company and its administrator are there, and the audit trail knows by what', async () => {
  const stored = await storeCompany(systemClock, database.ownerUrl, COMPANY);
  if (!stored.ok) throw new Error(stored.error.tag);
  expect(await rowsOf('SELECT id, name, slug, locale, time_zone, currency FROM tenants')).toEqual([
    {
      ...{ id: stored.value.tenantId, name: 'Bühne & Ton', slug: 'buehne-ton' },
      ...{ locale: 'de', time_zone: 'Europe/Zurich', currency: 'CHF' },
    },
  ]);
  expect(await rowsOf('SELECT id, email, name, role, locale, issuer FROM users')).toEqual([
    {
      ...{ id: stored.value.userId, email: 'lea@buehne.example', name: 'Lea Huber' },
      ...{ role: 'admin', locale: 'de', issuer: null },
    },
  ]);
  expect(await rowsOf('SELECT table_name, action, request_id FROM audit_log ORDER BY id')).toEqual([
    { table_name: 'tenants', action: 'insert', request_id: 'create-company' },
    { table_name: 'users', action: 'insert', request_id: 'create-company' },
  ]);
});

test('a second run changes nothing, also with another administrator', async () => {
  await storeCompany(systemClock, database.ownerUrl, COMPANY);
  const other = { ...COMPANY, admin: { name: 'Max', email: 'max@buehne.example' } };
  for (const again of [COMPANY, other]) {
    expect(await storeCompany(systemClock, database.ownerUrl, again)).toEqual({
      ok: false,
      error: { tag: 'company_exists' },
    });
  }
  expect(await rowsOf('SELECT email FROM users')).toEqual([{ email: 'lea@buehne.example' }]);
});

test('an address that is a user elsewhere is refused, and leaves no half company', async () => {
  await storeCompany(systemClock, database.ownerUrl, COMPANY);
  const second = { ...COMPANY, name: 'Licht', slug: 'licht' };
  expect(await storeCompany(systemClock, database.ownerUrl, second)).toEqual({
    ok: false,
    error: { tag: 'email_taken' },
  });
  expect(await rowsOf('SELECT slug FROM tenants')).toEqual([{ slug: 'buehne-ton' }]);
});
