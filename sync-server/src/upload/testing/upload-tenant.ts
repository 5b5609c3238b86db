import { createHash } from 'node:crypto';
import type {
  AssetId,
  DeviceId,
  EventId,
  ProductId,
  StorageLocationId,
  TenantId,
  UserId,
  VehicleId,
} from '@eventkit/shared/kernel/ids.ts';
import { permissionsByRole } from '@eventkit/shared/permissions/roles.ts';
import type { Pool } from 'pg';
import type { Caller } from '#upload/people-store.ts';

/** A small company to push against. Every id follows from `name`, so a run can be repeated. */
export type UploadTenant = {
  readonly tenantId: TenantId;
  readonly userIds: readonly UserId[];
  readonly deviceIds: readonly DeviceId[];
  readonly locationIds: readonly StorageLocationId[];
  readonly eventIds: readonly EventId[];
  readonly productId: ProductId;
  /** Of the first event. */
  readonly pullListId: string;
  /** On the pull list, each as `startOfLine` says. */
  readonly lineIds: readonly string[];
  readonly vehicleIds: readonly VehicleId[];
  /** No cases. Each has the code `A-<index>`. */
  readonly assetIds: readonly AssetId[];
  /** Labelled `C-<index>`. */
  readonly caseIds: readonly AssetId[];
  /** The first user. */
  readonly caller: Caller;
};

/** What the lines say before anybody edits them. */
export const startOfLine = { quantity: 4, note: '', order_key: '1i' } as const;

export type UploadTenantSize = {
  readonly users?: number;
  readonly devices?: number;
  readonly locations?: number;
  readonly events?: number;
  readonly assets?: number;
  readonly cases?: number;
  /** Take the ids (but the tenant's own) of the company with this name: the same operations mean the same in both. */
  readonly twinOf?: string;
};

/** The company by this name, before it is written anywhere. */
export function uploadTenantOf(
  name: string,
  {
    users = 2,
    devices = 2,
    locations = 3,
    events = 3,
    assets = 6,
    cases = 3,
    twinOf = name,
  }: UploadTenantSize = {},
): UploadTenant {
  const ids = <Id extends string>(kind: string, count: number) =>
    Array.from({ length: count }, (_, index) => uuidOf(`${twinOf} ${kind} ${index}`) as Id);
  const tenantId = uuidOf(`${name} tenant`) as TenantId;
  const userIds = ids<UserId>('user', users);
  return {
    tenantId,
    userIds,
    deviceIds: ids('device', devices),
    locationIds: ids('location', locations),
    eventIds: ids('event', events),
    productId: uuidOf(`${uuidOf(`${twinOf} location 0`)} product`) as ProductId,
    vehicleIds: ids('vehicle', 2),
    pullListId: uuidOf(`${twinOf} pull list`),
    lineIds: ids('line', events === 0 ? 0 : 2),
    assetIds: ids('asset', assets),
    caseIds: ids('case', cases),
    caller: {
      tenantId,
      userId: userIds[0] ?? tenantId,
      permissions: permissionsByRole.manager,
      requestId: null,
    },
  };
}

/** Writes the company as the owner, with everything at its first location. */
export async function createUploadTenant(
  ownerPool: Pool,
  name: string,
  size: UploadTenantSize = {},
): Promise<UploadTenant> {
  const tenant = uploadTenantOf(name, size);
  const { tenantId } = tenant;
  const client = await ownerPool.connect();
  try {
    await client.query('BEGIN');
    await client.query(`SELECT set_config('eventkit.tenant_id', $1, true)`, [tenantId]);
    await insertTenant(tenant, name, (text, values) => client.query(text, [tenantId, ...values]));
    await client.query('COMMIT');
  } finally {
    client.release();
  }
  return tenant;
}

type Run = (text: string, values: unknown[]) => Promise<unknown>;

async function insertTenant(tenant: UploadTenant, name: string, run: Run): Promise<void> {
  const [home] = tenant.locationIds;
  const { productId } = tenant;
  const slug = createHash('sha256').update(name).digest('hex').slice(0, 20);
  await run('INSERT INTO tenants (id, name, slug) VALUES ($1, $2, $3)', [name, slug]);
  await run(
    `INSERT INTO users (tenant_id, id, email, name, role)
     SELECT $1, id, 'user' || n || '@' || $3 || '.example', 'User ' || n, 'manager'
     FROM unnest($2::uuid[]) WITH ORDINALITY AS u (id, n)`,
    [tenant.userIds, slug],
  );
  await run(
    `INSERT INTO devices (tenant_id, id, name, registered_by)
     SELECT $1, id, 'Device ' || n, $3 FROM unnest($2::uuid[]) WITH ORDINALITY AS d (id, n)`,
    [tenant.deviceIds, tenant.caller.userId],
  );
  await run(
    `INSERT INTO storage_locations (tenant_id, id, kind, code, name)
     SELECT $1, id, 'shelf', 'L-' || n - 1, 'Shelf ' || n FROM unnest($2::uuid[]) WITH ORDINALITY AS l (id, n)`,
    [tenant.locationIds],
  );
  await run(
    `INSERT INTO vehicles (tenant_id, id, code, name)
     SELECT $1, id, 'T-' || n - 1, 'Truck ' || n FROM unnest($2::uuid[]) WITH ORDINALITY AS v (id, n)`,
    [tenant.vehicleIds],
  );
  await run(
    `INSERT INTO events (tenant_id, id, name, status, load_at, starts_at, ends_at, return_at)
     SELECT $1, id, 'Event ' || n, 'confirmed', '2026-11-01Z', '2026-11-02Z', '2026-11-03Z', '2026-11-04Z'
     FROM unnest($2::uuid[]) WITH ORDINALITY AS e (id, n)`,
    [tenant.eventIds],
  );
  await run(
    `INSERT INTO products (tenant_id, id, name, category, tracking) VALUES ($1, $2, 'Lamp', 'Light', 'serialised')`,
    [productId],
  );
  if (tenant.lineIds.length > 0) {
    const [eventId] = tenant.eventIds;
    await run(`INSERT INTO pull_lists (tenant_id, id, event_id, name) VALUES ($1, $2, $3, 'Light')`, [
      tenant.pullListId,
      eventId,
    ]);
    await run(
      `INSERT INTO pull_list_lines (tenant_id, id, pull_list_id, event_id, product_id, quantity, note, order_key)
       SELECT $1, id, $3, $4, $5, $6, $7, $8 FROM unnest($2::uuid[]) AS l (id)`,
      [
        tenant.lineIds,
        tenant.pullListId,
        eventId,
        productId,
        startOfLine.quantity,
        startOfLine.note,
        startOfLine.order_key,
      ],
    );
  }
  await insertAssets(run, { assetIds: tenant.assetIds, prefix: 'A', isCase: false, productId, home });
  await insertAssets(run, { assetIds: tenant.caseIds, prefix: 'C', isCase: true, productId, home });
}

async function insertAssets(
  run: Run,
  group: {
    readonly assetIds: readonly AssetId[];
    readonly prefix: string;
    readonly isCase: boolean;
    readonly productId: string;
    readonly home: StorageLocationId | undefined;
  },
): Promise<void> {
  await run(
    `INSERT INTO assets (tenant_id, id, product_id, code, is_case, baseline_kind, baseline_id, place_kind, place_id)
     SELECT $1, id, $3, $4 || '-' || n - 1, $5, 'location', $6, 'location', $6
     FROM unnest($2::uuid[]) WITH ORDINALITY AS a (id, n)`,
    [group.assetIds, group.productId, group.prefix, group.isCase, group.home],
  );
}

/** A UUID (version 8, RFC 9562 5.8) that follows from text. */
export function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`;
}
