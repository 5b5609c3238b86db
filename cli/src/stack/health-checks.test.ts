import { expect, test } from 'vitest';
import { jobsCheck, replicationHealth, signInCheck } from './health-checks.ts';

test('while a new copy is made devices are served: the part is spareable, and says what it is about', () => {
  const problem = 'the sync configuration was changed';
  expect(replicationHealth({ status: 'copying', problems: [problem] })).toEqual({
    isWell: false,
    isSpareable: true,
    detail: expect.stringContaining(problem),
  });
  expect(replicationHealth({ status: 'starting', problems: [] })).not.toHaveProperty('isSpareable');
  expect(replicationHealth({ status: 'degraded', problems: [problem] })).not.toHaveProperty('isSpareable');
  expect(replicationHealth({ status: 'ok', problems: [] })).toEqual({ isWell: true });
});

test('jobs that were given up are named, and a queue that is away is spareable too', async () => {
  expect(await jobsCheck({ countDead: async () => new Map() })()).toEqual({ isWell: true });
  const dead = async () => new Map([['purge-sessions', 2]]);
  expect(await jobsCheck({ countDead: dead })()).toEqual({
    isWell: false,
    isSpareable: true,
    detail: expect.stringContaining('(purge-sessions: 2)'),
  });
  const away = Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:6379'), { code: 'ECONNREFUSED' });
  const part = await jobsCheck({ countDead: () => Promise.reject(away) })();
  expect(part).toMatchObject({ isWell: false, isSpareable: true });
  expect(part.detail).toContain('ECONNREFUSED');
  expect(part.detail).not.toContain('10.0.0.7');
});

test('a provider that is away can be spared, and the words hold no address', async () => {
  const cause = Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:443'), { code: 'ECONNREFUSED' });
  const reach = () => Promise.reject(new TypeError('fetch failed', { cause }));
  const part = await signInCheck({ reach }, { monotonicMs: () => 0 })();
  expect(part).toMatchObject({ isWell: false, isSpareable: true });
  expect(part.detail).toMatch(
    /^The identity provider \(OIDC_ISSUER\) gives no usable answer \(ECONNREFUSED\)/,
  );
  expect(part.detail).not.toContain('10.0.0.7');
});

test('the provider is asked every half minute, however often health is', async () => {
  let nowMs = 0;
  let asked = 0;
  const reach = async () => {
    asked += 1;
  };
  const check = signInCheck({ reach }, { monotonicMs: () => nowMs });
  await Promise.all([check(), check(), check()]);
  nowMs = 29_999;
  await check();
  expect(asked).toBe(1);
  nowMs = 30_000;
  expect(await check()).toEqual({ isWell: true });
  expect(asked).toBe(2);
});
