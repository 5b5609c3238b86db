import { startTestApi, type TestApi } from '@eventkit/api/testing/start-test-api.ts';
import { createPool } from '@eventkit/database/pool.ts';
import { SyncHealthService } from '@eventkit/proto/gen/eventkit/v1/sync_health_pb.ts';
import { SyncService } from '@eventkit/proto/gen/eventkit/v1/sync_pb.ts';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRandomSource } from '#simulation/random-source.ts';
import { allAttacks } from './all-attacks.ts';
import { type Attack, runAttack } from './attack.ts';
import { fingerprintOf, learnFromRows, plantCanaries } from './company-rows.ts';
import { startServerFullOfHoles } from './server-full-of-holes.ts';
import type { Target } from './target.ts';

const CANARY = 'kanarienvogel';
/** Bodies of 40 MB and pairs of times by the hundred, beside all other tests. */
const LONGEST_MS = 120_000;

let api: TestApi;
let owner: pg.Pool;
let target: Target;

beforeAll(async () => {
  const none = null;
  api = await startTestApi(() => ({
    // What the sync server answers is asked by `npm run attack`; here it counts who gets as far as being answered.
    registerServices: (router) => router.service(SyncService, {}).service(SyncHealthService, {}),
    rateLimits: {
      address: none,
      user: none,
      tenant: none,
      apiKey: none,
      userDevices: none,
      tenantDevices: none,
    },
  }));
  owner = createPool({ url: api.ownerUrl, role: 'owner', max: 1, applicationName: 'attack test' });
  const database = {
    query: async <Row extends pg.QueryResultRow>(sql: string, values: readonly unknown[] = []) =>
      (await owner.query<Row>(sql, [...values])).rows,
  };
  const [attacking, attacked] = api.companies;
  await plantCanaries(database, attacked.tenantId, CANARY);
  const personOf = async (user: { readonly id: string; readonly email: string }) => ({
    userId: user.id,
    token: await api.provider.accessToken(user),
  });
  target = {
    url: api.url,
    admin: await personOf(attacking.users.admin),
    colleague: await personOf(attacking.users.warehouse),
    foreigner: await personOf(attacked.users.admin),
    own: await learnFromRows(database, attacking.tenantId, []),
    foreign: await learnFromRows(database, attacked.tenantId, [CANARY]),
    ...{ sign: null, syncToken: null, signIn: null, log: null },
    fingerprint: () => fingerprintOf(database, attacked.tenantId),
    cutWithinMs: 1000,
  };
});
afterAll(async () => {
  await owner.end();
  await api.stop();
});

function run(attack: Attack, on: Target) {
  return runAttack(attack, { target: on, random: createRandomSource('pinned'), callCount: 100 });
}

describe('a server that has every hole', () => {
  const found: Readonly<Record<string, RegExp>> = {
    'forged tokens': /^200/,
    'expired and misdirected tokens': /^200/,
    "another company's ids": /shows "kanarienvogel"/,
    "operations of others' devices and people": /was taken: VERDICT_APPLIED/,
    'sync streams of another company': /shows "kanarienvogel"/,
    "replays of others' idempotency keys": /answered as to them/,
    'login CSRF and mix-up': /signed somebody in/,
    'calls from other sites': /was answered/,
    'SQL, CSV, HTML, header and log injection': /became part of a page/,
    'path tricks': /gives out a file/,
    'other content types': /^200/,
    'unknown methods': /tells what was sent/,
    'HTTP smuggling': /was taken for 2 requests/,
    'oversized, deep and packed bodies': /was taken$/,
    'slow headers and bodies': /was still listened to/,
    'timing of absent and foreign ids': /the time tells them apart/,
  };
  let holes: Awaited<ReturnType<typeof startServerFullOfHoles>>;
  beforeAll(async () => {
    const foreign = [...target.foreign.idsByKind.values()].flat();
    holes = await startServerFullOfHoles({
      secret: CANARY,
      isForeign: (text) => foreign.some((id) => text.includes(id)),
    });
  });
  afterAll(() => holes.stop());

  test.each(allAttacks)(
    '$name find theirs',
    async (attack) => {
      const fragile: Target = {
        ...target,
        url: holes.url,
        admin: { ...target.admin },
        sign: async () => target.admin.token,
        syncToken: async () => 'x',
        signIn: async () => ({ cookie: 'eventkit=x', host: 'evil.example' }),
        fingerprint: null,
      };
      const { breaches } = await run(attack, fragile);
      expect(breaches.map(({ why }) => why)).toContainEqual(
        expect.stringMatching(found[attack.name] ?? /nothing/),
      );
    },
    LONGEST_MS,
  );
});

describe('EventKit', () => {
  const slow = [
    'slow headers and bodies',
    'timing of absent and foreign ids',
    'oversized, deep and packed bodies',
  ];
  test.each(allAttacks.filter(({ name }) => !slow.includes(name)))(
    'has no hole for $name',
    async (attack) => {
      const { breaches } = await run(attack, target);
      expect(breaches).toEqual([]);
    },
    LONGEST_MS,
  );
});
