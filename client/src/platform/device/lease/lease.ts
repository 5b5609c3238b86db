import type { DeviceId, TenantId, UserId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';

/** The server's word that a person may work on a device without it, and the key to check that word by. */
export type GrantedLease = {
  /** JWS, compact. */
  readonly lease: string;
  /** JWK in JSON. */
  readonly leaseKey: string;
};

/** Who a lease is for. */
export type LeaseHolder = {
  readonly tenantId: TenantId;
  readonly userId: UserId;
  readonly deviceId: DeviceId;
};

/** What a lease says whose signature is the server's. Milliseconds since 1970. */
export type Lease = LeaseHolder & { readonly issuedAtMs: number; readonly endsAtMs: number };

/**
 * Whether the device may show what it holds. `endsAt` is null where nothing ends: the server has confirmed the person on
 * this run and leased nothing yet. no_lease: there is none that is the server's and of this person and device.
 */
export type LeaseStanding =
  | { readonly state: 'held'; readonly endsAt: Instant | null }
  /** Soon to end: people are told in time. */
  | { readonly state: 'ending'; readonly endsAt: Instant }
  | { readonly state: 'locked'; readonly why: 'no_lease' | 'ended' | 'clock_set_back' };
