import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import { Counter, type Registry } from 'prom-client';
import type { Principal } from '#http/caller.ts';
import type { CallKind } from './refused-credentials.ts';
import { type Bucket, createTokenBuckets } from './token-buckets.ts';

/** Calls per second that come back; ten seconds' worth may come at once. Null: no limit. */
export type RateLimits = {
  /** Of one address, as long as nobody is signed in. */
  readonly address: number | null;
  /** Of one person, and of a whole company, at screens and by programs. */
  readonly user: number | null;
  readonly tenant: number | null;
  /** Of one key of a program, instead of the person for whom it acts. */
  readonly apiKey: number | null;
  /** The same for what devices send and need for it: counted apart, so that no screen takes from a scan. */
  readonly userDevices: number | null;
  readonly tenantDevices: number | null;
};

/**
 * A hall of fifty devices under one name, each pushing three times a second, passes; so does the same hall coming back
 * at once after an outage.
 */
export const defaultRateLimits: RateLimits = {
  address: 20,
  user: 30,
  tenant: 300,
  apiKey: 30,
  userDevices: 300,
  tenantDevices: 2000,
};

export type Admission = { readonly isAdmitted: true } | Refused;
export type Refused = { readonly isAdmitted: false; readonly retryAfterMs: number };

export type RateLimiter = {
  /** Somebody who is not signed in. */
  admitStranger(address: string): Admission;
  /** Somebody who signs a company up: each request sends an e-mail and asks a person to look at it. */
  admitSignUp(address: string): Admission;
  /**
   * Somebody who is, or a program that acts for them. Their address does not count: a warehouse has one for all of its devices, and whoever floods from
   * it must not keep the others from working.
   */
  admitPerson(person: Pick<Principal, 'tenantId' | 'userId' | 'apiKeyId'>, kind: CallKind): Admission;
};

const BURST_SECONDS = 10;
/** Five at once, then one every twelve minutes. */
const SIGN_UPS = { perSecond: 1 / 720, burst: 5 };
/** Some 10 MB when all are in use. */
const MOST_BUCKETS = 50_000;

/** Counts in this process; several processes admit as many times the limit. */
export function createRateLimiter(capabilities: {
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly metrics: Registry;
  readonly limits: RateLimits;
}): RateLimiter {
  const { clock, metrics, limits } = capabilities;
  const buckets = createTokenBuckets(clock, MOST_BUCKETS);
  const refused = new Counter({
    name: 'eventkit_rate_limited_total',
    help: 'Calls refused because there were too many, by whose limit was reached',
    labelNames: ['limit'],
    registers: [metrics],
  });
  const admit = (wanted: readonly (Bucket | null)[]): Admission => {
    const { retryAfterMs, emptiest } = buckets.take(wanted.filter((bucket) => bucket !== null));
    if (emptiest === null) return { isAdmitted: true };
    refused.inc({ limit: emptiest.split(' ', 1)[0] ?? '' });
    return { isAdmitted: false, retryAfterMs };
  };
  return {
    admitStranger: (address) => admit([bucketOf('address', limits, address)]),
    admitSignUp: (address) => admit([{ key: `sign_up ${address}`, ...SIGN_UPS }]),
    admitPerson({ tenantId, userId, apiKeyId }, kind) {
      if (apiKeyId !== undefined) {
        return admit([bucketOf('apiKey', limits, apiKeyId), bucketOf('tenant', limits, tenantId)]);
      }
      return admit(
        kind === 'devices'
          ? [bucketOf('userDevices', limits, userId), bucketOf('tenantDevices', limits, tenantId)]
          : [bucketOf('user', limits, userId), bucketOf('tenant', limits, tenantId)],
      );
    },
  };
}

function bucketOf(limit: keyof RateLimits, limits: RateLimits, whose: string): Bucket | null {
  const perSecond = limits[limit];
  return perSecond === null
    ? null
    : { key: `${limit} ${whose}`, perSecond, burst: Math.max(1, perSecond * BURST_SECONDS) };
}
