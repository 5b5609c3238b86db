import pino from 'pino';
import { expect, test } from 'vitest';
import { describeProblem, readSyncConfig } from '#config/read-sync-config.ts';
import { crewConfig } from '#config/testing/crew-config.ts';
import type { ReadLookups } from '#oplog/lookups/lookup-store.ts';
import { Oplog } from '#oplog/oplog.ts';
import { LiveGrant } from './live-grant.ts';

const read = readSyncConfig(crewConfig);
if (!read.ok) throw new Error(read.error.map(describeProblem).join());
const plan = read.value;
/** Of the assignments of somebody called u. */
const lookup = '0["u"]';

function grantOf(readLookups: ReadLookups, head: number | null = 5) {
  const oplog = new Oplog();
  oplog.open('d', [], head, () => Promise.reject(new Error('nothing is read')));
  const grant = new LiveGrant({
    oplog,
    readLookups,
    lookupRowsAtMost: 3,
    logger: pino({ level: 'silent' }),
    context: {
      plan,
      deployment: 'd',
      claims: { sub: 'u', tenant_id: 't' },
      request: { includeDefaults: true, subscriptions: [], parameters: { region: 1 } },
      bucketsAtMost: 1000,
    },
  });
  const crew = () => grant.current.buckets.map((one) => one.name).filter((name) => name.includes('#crew|'));
  return { oplog, grant, crew };
}

test('[SY46] what changes while it is being resolved makes it stale at once, and others do not', async () => {
  const reading = Promise.withResolvers<ReadonlyMap<string, readonly string[]>>();
  const heads: number[] = [];
  const { oplog, grant, crew } = grantOf((_, head) => {
    heads.push(head);
    return reading.promise;
  });
  let news = 0;
  grant.whenStale(() => {
    news += 1;
  });
  const refreshed = grant.refresh();
  expect(grant.isStale).toBe(false);
  expect(oplog.lookups.horizon(9)).toBe(5);
  oplog.lookups.publish(['0["somebody else"]', '7["u"]']);
  expect([grant.isStale, news]).toEqual([false, 0]);
  oplog.lookups.publish([lookup]);
  reading.resolve(new Map([[lookup, ['j']]]));
  expect(await refreshed).toBeNull();
  expect([grant.isStale, news, heads]).toEqual([true, 1, [5]]);
  expect(crew()).toEqual(['d#crew|0["t","j"]']);
  expect(oplog.lookups.horizon(9)).toBe(9);
});

test('[SY46] where it is not known what has changed, everybody looks again; who has left, does not', async () => {
  const { oplog, grant } = grantOf(async () => new Map());
  await grant.refresh();
  expect(grant.isStale).toBe(false);
  oplog.lookups.publish(null);
  expect(grant.isStale).toBe(true);
  await grant.refresh();
  grant.close();
  oplog.lookups.publish([lookup]);
  expect(grant.isStale).toBe(false);
});

test('[SY44] too much is said in words, and what cannot be read is no right', async () => {
  const limited = grantOf(async () => new Map([[lookup, ['a', 'b', 'c', 'd']]]));
  expect(await limited.grant.refresh()).toMatchObject({ status: 400, code: 'PSYNC_S2305' });
  expect(limited.crew()).toEqual([]);
  const away = grantOf(() => Promise.reject(new Error('the database is away')));
  const problem = await away.grant.refresh();
  expect(problem).toMatchObject({ status: 503, message: 'what the streams depend on cannot be read now' });
  expect(away.crew()).toEqual([]);
  expect(away.oplog.lookups.horizon(9)).toBe(9);
  const early = grantOf(async () => new Map(), null);
  expect(await early.grant.refresh()).toMatchObject({ status: 503 });
});
