import { permissionsOf } from '@eventkit/shared/permissions/roles.ts';
import { syncClaimsOf } from '@eventkit/shared/permissions/sync-claims.ts';
import { readSyncConfig } from '#config/read-sync-config.ts';
import { type GrantContext, lookupsOf, resolveBuckets } from '#config/resolve-buckets.ts';
import { lookupName, type SyncPlan } from '#config/sync-plan.ts';
import { lookupReader } from '#oplog/lookups/lookup-store.ts';
import type { Queryable, SyncSchema } from '#oplog/oplog-store.ts';
import { readServedOf } from '#replication/deployments.ts';
import {
  type DeviceOfUser,
  type FoundUser,
  findUsers,
  type HeldRows,
  readDevices,
  readHeldRows,
} from './diagnose-store.ts';

export type DiagnosedBucket = {
  readonly name: string;
  readonly priority: number;
  readonly tables: readonly HeldRows[];
  /** Removals that a device which comes back must still be told of. */
  readonly removals: number;
};

export type DiagnosedStream = {
  readonly name: string;
  /** Each device gets buckets of its own; see there. */
  readonly isByDevice: boolean;
  readonly buckets: readonly DiagnosedBucket[];
  readonly errors: readonly string[];
};

export type DiagnosedDevice = DeviceOfUser & {
  /** Buckets that this device alone gets. */
  readonly ownBuckets: readonly DiagnosedBucket[];
};

/** What the sync server gives to a person, and why. */
export type Diagnosis = {
  readonly user: FoundUser;
  /** Whether the newest configuration is served, the one before it, or none yet. */
  readonly serving: 'newest' | 'before' | 'nothing';
  readonly deployment: string;
  readonly head: number;
  readonly streams: readonly DiagnosedStream[];
  readonly lookups: readonly {
    readonly table: string;
    readonly column: string;
    readonly values: readonly unknown[];
  }[];
  readonly devices: readonly DiagnosedDevice[];
};

/**
 * Which streams and buckets the default subscriptions of each user with this e-mail address or id open, with what is in
 * them. `db` is of the owner, whom row-level security lets see all.
 */
export async function diagnoseUser(db: Queryable, user: string): Promise<Diagnosis[]> {
  const served = await readServed(db);
  const diagnoses: Diagnosis[] = [];
  for (const found of await findUsers(db, user)) diagnoses.push(await diagnose(db, served, found));
  return diagnoses;
}

type Served = {
  readonly schema: SyncSchema;
  readonly serving: Diagnosis['serving'];
  readonly plan: SyncPlan;
  readonly deployment: string;
  readonly head: number;
};

async function readServed(db: Queryable): Promise<Served | null> {
  for (const schema of ['sync', 'sync_served'] as const) {
    const found = await readServedOf(db, schema);
    const plan = found === null ? null : readSyncConfig(found.configText);
    if (found === null || plan?.ok !== true) continue;
    const { deployment, servedTo } = found;
    const serving = schema === 'sync' ? 'newest' : 'before';
    return { schema, serving, plan: plan.value, deployment, head: servedTo };
  }
  return null;
}

async function diagnose(db: Queryable, served: Served | null, user: FoundUser): Promise<Diagnosis> {
  const devices = await readDevices(db, user);
  const nothing = { user, serving: 'nothing', deployment: '', head: 0, streams: [], lookups: [] } as const;
  if (served === null)
    return { ...nothing, devices: devices.map((device) => ({ ...device, ownBuckets: [] })) };
  const claimsOf = (deviceId: string) => ({
    ...syncClaimsOf({ tenantId: user.tenantId, role: user.role, permissions: permissionsOf(user), deviceId }),
    sub: user.id,
  });
  // Whatever two devices that do not exist are both given, every device of this user is.
  const anybody = await grantOf(db, served, claimsOf('-'));
  const other = new Set((await grantOf(db, served, claimsOf('--'))).buckets.map(({ name }) => name));
  const shared = anybody.buckets.filter(({ name }) => other.has(name));
  const sharedNames = new Set(shared.map(({ name }) => name));
  const own = new Map<string, readonly { readonly name: string; readonly priority: number }[]>();
  for (const { id } of devices) {
    const { buckets } = await grantOf(db, served, claimsOf(id));
    own.set(
      id,
      buckets.filter(({ name }) => !sharedNames.has(name)),
    );
  }
  const held = await readHeldRows(db, served.schema, [
    ...sharedNames,
    ...[...own.values()].flat().map(({ name }) => name),
  ]);
  const describe = (bucket: { readonly name: string; readonly priority: number }): DiagnosedBucket => ({
    name: bucket.name,
    priority: bucket.priority,
    ...(held.get(bucket.name) ?? { tables: [], removals: 0 }),
  });
  return {
    user,
    serving: served.serving,
    deployment: served.deployment,
    head: served.head,
    streams: anybody.streams.map(({ name, errors }) => ({
      name,
      isByDevice: anybody.buckets.some((bucket) => isOf(bucket.name, name) && !sharedNames.has(bucket.name)),
      buckets: shared.filter((bucket) => isOf(bucket.name, name)).map(describe),
      errors: errors.map(({ message }) => message),
    })),
    lookups: anybody.lookups,
    devices: devices.map((device) => ({
      ...device,
      ownBuckets: (own.get(device.id) ?? []).map(describe),
    })),
  };
}

async function grantOf(db: Queryable, served: Served, claims: Readonly<Record<string, unknown>>) {
  const context: GrantContext = {
    plan: served.plan,
    deployment: served.deployment,
    claims,
    request: { includeDefaults: true, subscriptions: [], parameters: {} },
    bucketsAtMost: 1_000_000,
  };
  const asked = lookupsOf(context);
  const found = await lookupReader(db, () => served.schema)(asked, served.head, 1_000_000);
  const valuesOf = (one: (typeof asked)[number]) => found.get(lookupName(one.lookup.id, one.key)) ?? [];
  const grant = resolveBuckets(context, valuesOf);
  if (!grant.ok) throw new Error(grant.error);
  return {
    ...grant.value,
    lookups: asked.map((one) => ({
      table: one.lookup.table,
      column: one.lookup.column,
      values: valuesOf(one),
    })),
  };
}

/** Names of buckets begin with their deployment and stream: `<deployment>#<stream>|…`. */
function isOf(bucket: string, stream: string): boolean {
  return bucket.slice(bucket.indexOf('#') + 1).startsWith(`${stream}|`);
}
