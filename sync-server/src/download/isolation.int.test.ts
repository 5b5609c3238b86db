import fc from 'fast-check';
import { escapeLiteral } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { crewMeaning, crewTables } from '#config/testing/crew-config.ts';
import { CrewStage } from '#testing/crew-stage.ts';
import type { RawReader } from '#testing/raw-reader.ts';
import { isComplete, rowsByBucket } from '#testing/read-lines.ts';
import { eventually } from '#testing/running-sync-server.ts';

const seed = Number(process.env['EVENTKIT_SEED'] ?? 20261123);
const rounds = 12 * Number(process.env['EVENTKIT_RUNS'] ?? 1);

const tenants = ['t-1', 't-2'];
const jobs = ['j-1', 'j-2', 'j-3'];
const users = ['anna', 'bert', 'carl'];
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 6 });

const values = fc.record({
  tenant_id: maybe(fc.constantFrom(...tenants)),
  event_id: maybe(fc.constantFrom(...jobs)),
  user_id: maybe(fc.constantFrom(...users)),
  ended_at: fc.constant(null),
  team: maybe(fc.constantFrom(1, 2)),
  region: maybe(fc.constantFrom(1, 2)),
  text: fc.constantFrom('x', 'ü"\\'),
});
const step = fc.record({
  do: fc.constantFrom('put', 'put', 'put', 'put', 'end', 'delete', 'truncate'),
  table: fc.constantFrom(...(Object.keys(crewTables) as (keyof typeof crewTables)[])),
  id: fc.constantFrom('j-1', 'j-2', 'j-3', 'x-1', 'x-2', 'x-3', 'x-4'),
  values,
  isCommit: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

let crew: CrewStage;

beforeAll(async () => {
  crew = await CrewStage.create();
  await crew.start();
});

afterAll(() => crew.close());

/** Everybody with each of a few rights, in both companies; the default streams, and one of each kind by name. */
const people = tenants.flatMap((tenant) =>
  users.map((user, at) => ({
    tenant,
    user,
    rights: [['planning:read', 'tasks:read'], ['planning:read'], []][at] ?? [],
    subscriptions: [
      { stream: 'event', parameters: { event: jobs[at] } },
      { stream: 'colleague', parameters: { user: users[(at + 1) % users.length] } },
      { stream: 'team', parameters: { region: 1 } },
    ],
    region: (at % 2) + 1,
  })),
);
type Person = (typeof people)[number];

function open(person: Person): Promise<RawReader> {
  return crew.read(person.user, {
    token: crew.token(person.user, { tenantId: person.tenant, permissions: person.rights }),
    body: { streams: { subscriptions: person.subscriptions }, parameters: { region: person.region } },
  });
}

async function act(one: Step): Promise<void> {
  const { table, id } = one;
  if (one.do === 'truncate') await crew.db.query(`TRUNCATE ${table}`);
  if (one.do === 'delete') await crew.db.query(`DELETE FROM ${table} WHERE id = $1`, [id]);
  if (one.do === 'end') {
    const column = table === 'members' ? 'left_at' : 'ended_at';
    if (column in crewTables[table])
      await crew.db.query(`UPDATE ${table} SET ${column} = 'now' WHERE id = $1`, [id]);
  }
  if (one.do !== 'put') return;
  const drawn: Record<string, unknown> = { ...one.values, id, name: one.values.text, title: one.values.text };
  const names = Object.keys(crewTables[table]);
  await crew.db.query(
    `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((_, at) => `$${at + 1}`).join(', ')})
     ON CONFLICT (id) DO UPDATE SET (${names.join(', ')}) = ROW (${names.map((name) => `excluded.${name}`).join(', ')})`,
    names.map((name) => drawn[name] ?? null),
  );
}

/** What PostgreSQL says that the person may see: table, id and columns of each row, once for each stream. */
async function meantFor(person: Person): Promise<string[]> {
  const has = (right: string) => String(person.rights.includes(right));
  const parameters = Object.assign({}, ...person.subscriptions.map((one) => one.parameters)) as Record<
    string,
    unknown
  >;
  const literals: Record<string, string> = {
    tenant: escapeLiteral(person.tenant),
    user: escapeLiteral(person.user),
    has_planning: has('planning:read'),
    has_tasks: has('tasks:read'),
    region: String(person.region),
    event: escapeLiteral(String(parameters['event'])),
    colleague: escapeLiteral(String(parameters['user'])),
    sub_region: String(parameters['region']),
  };
  const seen: string[] = [];
  for (const [stream, { selects }] of Object.entries(crewMeaning)) {
    for (const select of selects) {
      const sql = select.replaceAll(/:(\w+)/g, (_, name: string) => literals[name] ?? 'NULL');
      const { rows } = await crew.db.query<Record<string, unknown>>(sql);
      for (const { table, ...row } of rows) seen.push(textOf(stream, String(table), row));
    }
  }
  return seen.toSorted();
}

function textOf(stream: string, table: string, row: Readonly<Record<string, unknown>>): string {
  const present = Object.entries(row).filter(([, value]) => value !== null);
  return `${stream} ${table} ${JSON.stringify(present.map(([name, value]) => [name, String(value)]).toSorted())}`;
}

function heldBy(reader: RawReader): string[] {
  return [...rowsByBucket(reader.lines)]
    .flatMap(([bucket, rows]) => {
      const stream = bucket.slice(bucket.indexOf('#') + 1, bucket.indexOf('|'));
      return [...rows].map(([name, data]) => {
        const [table = '', id] = name.split('/');
        return textOf(stream, table, { id, ...(JSON.parse(data) as Record<string, unknown>) });
      });
    })
    .toSorted();
}

test('[SY16] [SY45] whatever is written, everybody holds the rows that PostgreSQL says are theirs, and no other', async () => {
  let readers = await Promise.all(people.map(open));
  let compared = 0;
  const worlds = fc.sample(fc.array(step, { minLength: 15, maxLength: 40, size: 'max' }), {
    seed,
    numRuns: rounds,
  });
  for (const [round, steps] of worlds.entries()) {
    if (round % 4 === 3) {
      for (const reader of readers) reader.close();
      readers = await Promise.all(people.map(open));
    }
    await crew.db.query('BEGIN');
    for (const one of steps) {
      await act(one);
      if (one.isCommit) await crew.db.query('COMMIT; BEGIN');
    }
    await crew.db.query('COMMIT');
    for (const [at, person] of people.entries()) {
      const reader = readers[at];
      if (reader === undefined) throw new Error('nobody reads');
      const meant = await meantFor(person);
      await eventually(
        () => isComplete(reader.lines) && JSON.stringify(heldBy(reader)) === JSON.stringify(meant),
        `${person.user} of ${person.tenant} to hold ${meant.join('; ')} in round ${round}, not ${heldBy(reader).join('; ')}`,
        10_000,
      );
      compared += meant.length;
    }
  }
  expect(compared).toBeGreaterThan(rounds * 10);
}, 120_000);
