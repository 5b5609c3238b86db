import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPool } from '@eventkit/database/pool.ts';
import { createTestDatabase, type TestDatabase } from '@eventkit/database/testing/test-database.ts';
import type pg from 'pg';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { repositoryRoot } from '#repository-root.ts';
import { keepLinking } from '#stack/keep-linking.ts';
import { systemClock } from '#system-clock.ts';
import { storeCompany } from './store-company.ts';

let database: TestDatabase;
let owner: pg.Pool;
let app: pg.Pool;
let folder: string;
let lines: string[];

beforeEach(async () => {
  lines = [];
  folder = await mkdtemp(join(tmpdir(), 'eventkit-audit-'));
  database = await createTestDatabase();
  owner = createPool({ url: database.ownerUrl, role: 'owner', max: 1, applicationName: 'test' });
  app = createPool({ url: database.ownerUrl, role: 'eventkit_app', max: 2, applicationName: 'test' });
  for (const slug of ['north', 'south']) {
    await storeCompany(systemClock, database.ownerUrl, {
      ...{ name: slug, slug, locale: 'en', timeZone: 'UTC', currency: 'EUR' },
      admin: { name: 'Lea', email: `lea@${slug}.example` },
    });
  }
  const { rows } = await owner.query<{ moment: string }>('SELECT audit_moment()::text AS moment');
  await vi.waitUntil(async () => {
    const { rows: found } = await owner.query('SELECT FROM audit_horizon() AS h WHERE h > $1::bigint', [
      rows[0]?.moment,
    ]);
    return found.length === 1;
  }, 30_000);
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  await keepLinking({ pool: app, clock: systemClock, log })();
});
afterEach(async () => {
  await Promise.all([owner.end(), app.end()]);
  await database.drop();
  await rm(folder, { recursive: true });
});

async function eventkit(...args: string[]): Promise<{ readonly code: number; readonly said: string }> {
  const child = spawn(
    process.execPath,
    [join(repositoryRoot, 'cli/src/main.ts'), ...args, '--data', folder],
    {
      env: { ...process.env, DATABASE_URL: database.ownerUrl },
    },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => {
      said += part;
    });
  const [code] = (await once(child, 'close')) as [number];
  return { code, said };
}

test('the trail is linked, its newest links go into the log and are what is verified by', async () => {
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ msg: 'audit anchor', position: 1 }),
    expect.objectContaining({ msg: 'audit anchor', position: 1 }),
  ]);
  const logFile = join(folder, 'eventkit.log');
  await writeFile(logFile, lines.join(''));
  const whole = await eventkit('audit', 'verify', '--anchors', logFile);
  expect(whole.said).toMatch(/^north: as it was written .*\nsouth: as it was written /);
  expect(whole.code).toBe(0);

  const anchorFile = join(folder, 'anchors.jsonl');
  await writeFile(anchorFile, (await eventkit('audit', 'anchors')).said);
  const verified = await eventkit('audit', 'verify', '--company', 'north', '--anchors', anchorFile, '--json');
  expect(verified.code).toBe(0);
  expect(JSON.parse(verified.said)).toMatchObject([{ company: 'north', linkCount: 1, fault: null }]);
});

test('what was changed by hand is told, and the exit code says so', async () => {
  await owner.query(`SET session_replication_role = replica`);
  await owner.query(`UPDATE audit_log SET user_id = gen_random_uuid() WHERE table_name = 'users'`);
  await owner.query(`SET session_replication_role = origin`);
  const { code, said } = await eventkit('audit', 'verify');
  expect(said).toMatch(/^north: TAMPERED WITH\. audit_log \d+ was changed, in link 1/);
  expect(code).toBe(1);
});

test('a company or a file that is not there is said, and nothing is called well', async () => {
  expect(await eventkit('audit', 'verify', '--company', 'east')).toEqual({
    code: 1,
    said: 'eventkit: There is no company "east".\n',
  });
  const absent = await eventkit('audit', 'verify', '--anchors', join(folder, 'absent'));
  expect(absent).toMatchObject({ code: 1, said: expect.stringContaining('cannot be read') });
});
