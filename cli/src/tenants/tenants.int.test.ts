import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createTestDatabase, type TestDatabase } from '@eventkit/database/testing/test-database.ts';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { repositoryRoot } from '#repository-root.ts';

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  const nordlicht = ['--name', 'Nordlicht', '--admin-name', 'Ada', '--admin-email', 'ada@nord.example'];
  expect(JSON.parse(await eventkit('create', ...nordlicht, '--json'))).toMatchObject({
    ...{ slug: 'nordlicht', isNew: true },
  });
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

/** What the command prints; rejects with what it says where it fails. */
async function eventkit(...args: readonly string[]): Promise<string> {
  const main = join(repositoryRoot, 'cli/src/main.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [main, 'tenants', ...args], {
    env: { ...process.env, DATABASE_URL: database.ownerUrl },
  });
  return stdout.trim();
}

async function plant(email: string, name: string, isConfirmed = true): Promise<string> {
  const id = randomUUID();
  await client.query(
    `INSERT INTO sign_ups (tenant_id, company_name, person_name, email, locale, time_zone, currency, confirmed_at, mail_due)
     VALUES ($1, $2, 'Lea Huber', $3, 'de', 'Europe/Zurich', 'CHF', CASE WHEN $4 THEN now() END, NULL)`,
    [id, name, email, isConfirmed],
  );
  return id;
}

test('an operator lets a company in that asked; it begins empty with its administrator', async () => {
  const id = await plant('lea@buehne.example', 'Bühne & Ton');
  expect(await eventkit('list')).toContain('Bühne & Ton: Lea Huber, lea@buehne.example');

  expect(JSON.parse(await eventkit('approve', '--id', id, '--json'))).toEqual({
    ...{ id, slug: 'buehne-ton', state: 'approved' },
  });
  const { rows } = await client.query(
    `SELECT t.slug, t.currency, t.time_zone, u.email, u.role, u.name FROM tenants t JOIN users u ON u.tenant_id = t.id WHERE t.id = $1`,
    [id],
  );
  expect(rows).toEqual([
    {
      ...{ slug: 'buehne-ton', currency: 'CHF', time_zone: 'Europe/Zurich' },
      ...{ email: 'lea@buehne.example', role: 'admin', name: 'Lea Huber' },
    },
  ]);
  const trail = await client.query('SELECT DISTINCT request_id FROM audit_log WHERE tenant_id = $1', [id]);
  expect(trail.rows).toEqual([{ request_id: 'tenants approve' }]);
  expect((await client.query('SELECT mail_due FROM sign_ups WHERE tenant_id = $1', [id])).rows).toEqual([
    { mail_due: 'approved' },
  ]);
  await expect(eventkit('approve', '--id', id)).rejects.toThrow('decided before');
  expect(JSON.parse(await eventkit('show', '--id', id, '--json'))).toMatchObject({
    company: { slug: 'buehne-ton', personCount: 1 },
    signUp: { state: 'approved' },
  });
});

test('nobody is let in who would take over a short name, an address, or has not confirmed it', async () => {
  const double = await plant('max@other.example', 'NORDLICHT');
  await expect(eventkit('approve', '--id', double)).rejects.toThrow('--slug');
  const alike = await plant('eve@other.example', 'N0rdl1cht');
  const listed = JSON.parse(await eventkit('list', '--json'));
  expect(listed.signUps.find((one: { id: string }) => one.id === alike)).toMatchObject({
    looksLike: ['nordlicht'],
  });
  await eventkit('approve', '--id', double, '--slug', 'nordlicht-2');

  const taken = await plant('ada@nord.example', 'Somebody else');
  await expect(eventkit('approve', '--id', taken)).rejects.toThrow('user of another company');
  const unconfirmed = await plant('max@third.example', 'Third', false);
  await expect(eventkit('approve', '--id', unconfirmed)).rejects.toThrow('confirmed');
  await expect(eventkit('refuse', '--id', unconfirmed, '--reason', 'no')).rejects.toThrow('confirmed');
  for (const id of [taken, unconfirmed]) {
    expect((await client.query('SELECT FROM tenants WHERE id = $1', [id])).rowCount).toBe(0);
    const { rows } = await client.query('SELECT decision FROM sign_ups WHERE tenant_id = $1', [id]);
    expect(rows).toEqual([{ decision: null }]);
  }
});

test('a refusal needs a reason, which is to be mailed, and is the last word', async () => {
  const id = await plant('max@fourth.example', 'Fourth');
  await expect(eventkit('refuse', '--id', id)).rejects.toThrow('--reason');
  await eventkit('refuse', '--id', id, '--reason', 'We rent in Austria only.');
  const { rows } = await client.query(
    'SELECT decision, reason, mail_due FROM sign_ups WHERE tenant_id = $1',
    [id],
  );
  expect(rows).toEqual([{ decision: 'refused', reason: 'We rent in Austria only.', mail_due: 'refused' }]);
  await expect(eventkit('approve', '--id', id)).rejects.toThrow('decided before');
  await expect(eventkit('show', '--id', randomUUID())).rejects.toThrow('no request');
});
