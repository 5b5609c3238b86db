import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { OfDevice } from './device-progress-store.ts';

/** Somebody who may act on a shared device, and the public half of the key that signs what they do there. */
export type Enrolment = {
  readonly id: string;
  readonly userId: string;
  /** An uncompressed point on P-256. */
  readonly publicKey: Uint8Array;
  /** Null while it is in force. */
  readonly endedAt: Instant | null;
};

/** Whether several people work on the device, and those of them whom a batch names. */
export type Sharing = {
  /** Null: one person at a time signs in. */
  readonly sharedSince: Instant | null;
  readonly enrolmentsById: ReadonlyMap<string, Enrolment>;
};

export const NOT_SHARED: Sharing = { sharedSince: null, enrolmentsById: new Map() };

/** How the device is shared, with those of the named enrolments that are of this device. */
export async function findSharing(
  tx: TenantTransaction,
  { tenantId, deviceId }: OfDevice,
  enrolmentIds: readonly string[],
): Promise<Sharing> {
  const { rows } = await tx.query<{ sharedSince: Instant | null } & (Enrolment | { id: null })>({
    name: 'find-sharing',
    text: `SELECT d.shared_since AS "sharedSince", e.id, e.user_id AS "userId", e.public_key AS "publicKey",
        e.ended_at AS "endedAt"
      FROM devices d LEFT JOIN enrolments e ON e.tenant_id = d.tenant_id AND e.device_id = d.id AND e.id = ANY($3)
      WHERE d.tenant_id = $1 AND d.id = $2`,
    values: [tenantId, deviceId, enrolmentIds],
  });
  const enrolments = rows.flatMap(({ sharedSince, ...row }) => (row.id === null ? [] : [row]));
  return {
    sharedSince: rows[0]?.sharedSince ?? null,
    enrolmentsById: new Map(enrolments.map((enrolment) => [enrolment.id, enrolment])),
  };
}
