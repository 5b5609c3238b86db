import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { createRateLimiter, defaultRateLimits, type RateLimits } from './rate-limiter.ts';

function limiterAt(limits: RateLimits = defaultRateLimits) {
  let nowMs = 0;
  const metrics = new Registry();
  const limiter = createRateLimiter({ clock: { monotonicMs: () => nowMs }, metrics, limits });
  return {
    ...limiter,
    metrics,
    at(ms: number) {
      nowMs = ms;
    },
  };
}

const jana = { tenantId: 'north', userId: 'jana' } as Parameters<
  ReturnType<typeof createRateLimiter>['admitPerson']
>[0];
const lea = { ...jana, userId: 'lea' } as typeof jana;

describe('the usual limits', () => {
  it('let fifty devices of a hall scan all day under one name behind one address', () => {
    const { admitPerson, at } = limiterAt();
    for (let second = 0; second < 600; second += 1) {
      at(second * 1000);
      // Three pushes and two small calls of each.
      for (let call = 0; call < 50 * 5; call += 1) {
        expect(admitPerson(jana, 'devices').isAdmitted).toBe(true);
      }
    }
  });

  it('let a thousand devices of a company come back in the same moment', () => {
    const { admitPerson } = limiterAt();
    for (let device = 0; device < 1000; device += 1) {
      const person = { ...jana, userId: `person ${device % 40}` } as typeof jana;
      for (let call = 0; call < 8; call += 1) {
        expect(admitPerson(person, 'devices').isAdmitted).toBe(true);
      }
    }
  });

  it('hold a person who asks ten times too often to what one may ask', () => {
    const { admitPerson, at } = limiterAt();
    let admitted = 0;
    for (let ms = 0; ms < 60_000; ms += 10) {
      at(ms);
      for (let call = 0; call < 3; call += 1) if (admitPerson(jana, 'screens').isAdmitted) admitted += 1;
    }
    expect(admitted).toBeGreaterThan(2000);
    expect(admitted).toBeLessThan(2110);
  });
});

describe('what one uses up', () => {
  const tight: RateLimits = {
    address: 1,
    user: 1,
    tenant: 1.5,
    apiKey: 0.5,
    userDevices: 1,
    tenantDevices: 2,
  };
  const upTo = (admit: () => { readonly isAdmitted: boolean }) => {
    let count = 0;
    while (admit().isAdmitted && count < 1000) count += 1;
    return count;
  };

  it('at screens is not taken from devices, nor from other people below the limit of the company', () => {
    const { admitPerson } = limiterAt(tight);
    expect(upTo(() => admitPerson(jana, 'screens'))).toBe(10);
    expect(upTo(() => admitPerson(jana, 'devices'))).toBe(10);
    expect(upTo(() => admitPerson(lea, 'screens'))).toBe(5);
  });

  it('by a key of a program is not taken from the person for whom it acts, nor from another key', () => {
    const { admitPerson } = limiterAt({ ...tight, tenant: null });
    const program = (apiKeyId: string) => ({ ...jana, apiKeyId });
    expect(upTo(() => admitPerson(program('one'), 'screens'))).toBe(5);
    expect(admitPerson(program('one'), 'devices').isAdmitted).toBe(false);
    expect(upTo(() => admitPerson(program('two'), 'devices'))).toBe(5);
    expect(upTo(() => admitPerson(jana, 'screens'))).toBe(10);
  });

  it('as a stranger is not taken from who signed in at the same address', () => {
    const { admitStranger, admitPerson } = limiterAt(tight);
    expect(upTo(() => admitStranger('203.0.113.7'))).toBe(10);
    expect(admitStranger('203.0.113.8').isAdmitted).toBe(true);
    expect(admitPerson(jana, 'screens').isAdmitted).toBe(true);
  });

  it('is counted by whose limit it was', async () => {
    const { admitPerson, admitStranger, metrics } = limiterAt(tight);
    upTo(() => admitPerson(jana, 'screens'));
    upTo(() => admitPerson(lea, 'screens'));
    upTo(() => admitStranger('203.0.113.7'));
    expect(await metrics.metrics()).toMatch(
      /_total\{limit="user"\} 1\n.*_total\{limit="tenant"\} 1\n.*_total\{limit="address"\} 1/,
    );
  });
});

it('a limit that is null is none', () => {
  const { admitPerson } = limiterAt({ ...defaultRateLimits, userDevices: null, tenantDevices: null });
  for (let call = 0; call < 100_000; call += 1) admitPerson(jana, 'devices');
  expect(admitPerson(jana, 'devices').isAdmitted).toBe(true);
});
