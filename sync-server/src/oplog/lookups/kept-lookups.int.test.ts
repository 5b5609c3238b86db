import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { crewConfig } from '#config/testing/crew-config.ts';
import { CrewStage, namesOf } from '#testing/crew-stage.ts';
import type { RawReader } from '#testing/raw-reader.ts';
import { eventually } from '#testing/running-sync-server.ts';

let crew: CrewStage;

beforeEach(async () => {
  crew = await CrewStage.create();
  for (const job of ['a', 'b', 'c']) await crew.insert('jobs', { id: job, name: `Job ${job}` });
  await crew.insert('assignments', { id: 'x', user_id: 'anna', event_id: 'a' });
  await crew.insert('assignments', { id: 'y', user_id: 'anna', event_id: 'b' });
  await crew.insert('assignments', { id: 'z', user_id: 'bert', event_id: 'c' });
  await crew.start();
});

afterEach(() => crew.close());

/** What PostgreSQL itself finds, as the lookup of the crew stream is meant. */
async function meant(): Promise<string[]> {
  const { rows } = await crew.db.query<{ name: string }>(
    `SELECT DISTINCT user_id || ' ' || event_id AS name FROM assignments
     WHERE ended_at IS NULL AND user_id IS NOT NULL AND event_id IS NOT NULL ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

async function kept(): Promise<string[]> {
  const { rows } = await crew.db.query<{ name: string }>(
    `SELECT DISTINCT (lookup_key::jsonb ->> 0) || ' ' || (value::jsonb #>> '{}') AS name FROM sync.lookup_rows
     WHERE lookup = 0 AND removed_at IS NULL ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

const until = (reader: RawReader, held: string) =>
  eventually(() => namesOf(reader) === held, `the reader to hold "${held}"`);

/** Whoever comes now gets this, and what is kept is what the table says. */
async function holds(user: string, held: string): Promise<void> {
  await crew.stage.settle();
  const reader = await crew.drained(user);
  expect(namesOf(reader)).toBe(held);
  reader.close();
  expect(await kept()).toEqual(await meant());
}

test('[SY47] the first copy finds what stands in the table', async () => {
  await holds('anna', 'jobs a b');
  await holds('bert', 'jobs c');
  await holds('carl', '');
});

test('[SY47] what changes while the server is down is found when it is back', async () => {
  await crew.stage.running.stop();
  await crew.db.query(`UPDATE assignments SET event_id = 'c' WHERE id = 'x'`);
  await crew.db.query(`DELETE FROM assignments WHERE id = 'y'`);
  await crew.db.query(`UPDATE assignments SET id = 'w', user_id = 'anna' WHERE id = 'z'`);
  await crew.start();
  await holds('anna', 'jobs c');
  await holds('bert', '');
});

test('[SY47] a lost slot: what was deleted meanwhile is not found, and streams go on', async () => {
  const anna = await crew.drained('anna');
  await crew.stage.dropSlot();
  await crew.db.query(`DELETE FROM assignments WHERE id = 'x'`);
  await crew.db.query(`UPDATE assignments SET user_id = 'anna' WHERE id = 'z'`);
  await until(anna, 'jobs b c');
  await crew.stage.untilWell();
  await holds('anna', 'jobs b c');
  await holds('bert', '');
});

test('[SY47] [SY26] TRUNCATE ends what was looked up, in the same checkpoint as what it removes', async () => {
  const anna = await crew.drained('anna');
  await crew.db.query('TRUNCATE assignments');
  await until(anna, '');
  await holds('anna', '');
  await crew.insert('assignments', { id: 'x', user_id: 'anna', event_id: 'c' });
  await until(anna, 'jobs c');
  await crew.db.query('BEGIN');
  await crew.db.query('TRUNCATE assignments');
  await crew.insert('assignments', { id: 'x', user_id: 'anna', event_id: 'a' });
  await crew.db.query('COMMIT');
  await until(anna, 'jobs a');
  await holds('anna', 'jobs a');
});

test('[SY12] [SY45] an assignment and the rows that it opens, written in one transaction, come in one checkpoint', async () => {
  const carl = await crew.drained('carl');
  const from = carl.lines.length;
  await crew.db.query('BEGIN');
  await crew.insert('assignments', { id: 'v', user_id: 'carl', event_id: 'd' });
  await crew.insert('jobs', { id: 'd', name: 'Job d' });
  await crew.db.query('COMMIT');
  await until(carl, 'jobs d');
  await crew.stage.settle();
  const lines = carl.lines.slice(from).map((line) => Object.keys(line)[0]);
  expect(lines.filter((kind) => kind === 'checkpoint_diff')).toEqual(['checkpoint_diff']);
});

test('[SY47] [SY33] while a changed configuration is being copied, what was looked up by the old one is found', async () => {
  const holder = new Client({ connectionString: crew.stage.ownerUrl });
  await holder.connect();
  await crew.stage.running.stop();
  await holder.query('BEGIN');
  await holder.query('LOCK TABLE notes IN ACCESS EXCLUSIVE MODE');
  const changed = crewConfig.replaceAll(
    'FROM assignments WHERE user_id = auth.user_id() AND ended_at IS NULL',
    'FROM assignments WHERE event_id = auth.user_id()',
  );
  expect(changed).not.toBe(crewConfig);
  await crew.stage.launch({ configText: changed });
  await crew.stage.untilProblem('the sync configuration was changed');
  const anna = await crew.drained('anna');
  expect(namesOf(anna)).toBe('jobs a b');
  await holder.query('COMMIT');
  await holder.end();
  await anna.ended;
  await crew.stage.untilWell();
  // By the new one people are looked up where the old one had jobs.
  expect(namesOf(await crew.drained('anna'))).toBe('');
  expect(namesOf(await crew.drained('a'))).toBe('jobs a');
});

test('[SY47] versions that nobody can ask for any more are removed', async () => {
  const anna = await crew.drained('anna');
  const moves = 60;
  for (let move = 0; move < moves; move += 1)
    await crew.db.query(`UPDATE assignments SET event_id = $1 WHERE id = 'x'`, [move % 2 === 0 ? 'c' : 'a']);
  await crew.db.query(`UPDATE assignments SET event_id = 'c' WHERE id = 'x'`);
  await until(anna, 'jobs b c');
  await crew.stage.settle();
  const { rows } = await crew.db.query<{ count: string }>(
    'SELECT count(*) FROM sync.lookup_rows WHERE lookup = 0',
  );
  // Three are found; of the others there are those that the last write removed.
  expect(Number(rows[0]?.count)).toBeGreaterThanOrEqual(3);
  expect(Number(rows[0]?.count)).toBeLessThanOrEqual(5);
});
