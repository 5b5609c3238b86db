import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import type { Verdict } from '@eventkit/shared/operations/operation.ts';
import { describeProblem, type Problem } from './problem.ts';

export type StoredOperation = {
  readonly id: string;
  readonly epoch: string;
  readonly sequence: number;
  readonly isOfThisDevice: boolean;
  readonly envelope: Uint8Array;
  readonly verdict: Verdict;
  readonly reason: string | null;
};

/** Where an operation of the batch may have been before: under its id, or under its number. */
export type Numbered = { readonly id: string; readonly epoch: string; readonly sequence: number };

/** Operations of the tenant that bear one of the ids, or of this device that bear one of the numbers. */
export async function findStored(
  tx: TenantTransaction,
  { tenantId, deviceId }: { tenantId: string; deviceId: string },
  batch: readonly Numbered[],
): Promise<readonly StoredOperation[]> {
  const { rows } = await tx.query<StoredOperation>({
    name: 'find-stored',
    text: FIND_STORED,
    values: [
      tenantId,
      deviceId,
      batch.map(({ id }) => id),
      batch.map(({ epoch }) => epoch),
      batch.map(({ sequence }) => sequence),
    ],
  });
  return rows;
}

export type KeptUnread = { readonly id: string; readonly envelope: Uint8Array; readonly problem: Problem };

/** Of which device, by whom and when what is kept was brought. */
type Keeping = {
  readonly tenantId: string;
  readonly deviceId: string;
  readonly sentBy: string;
  readonly receivedAt: string;
};

/** Keeps what could not be taken, with its bytes. The first of several with one id is the one that is kept. */
export async function keepUnread(
  tx: TenantTransaction,
  { tenantId, deviceId, sentBy, receivedAt }: Keeping,
  kept: readonly KeptUnread[],
): Promise<void> {
  if (kept.length === 0) return;
  const rows = kept.map(({ id, envelope, problem }) => ({
    id,
    envelope: Buffer.from(envelope).toString('base64'),
    problem: describeProblem(problem),
  }));
  await tx.query({
    name: 'keep-unread',
    text: KEEP_UNREAD,
    values: [tenantId, deviceId, sentBy, receivedAt, JSON.stringify(rows)],
  });
}

/** Each look-up for itself: whatever is known of the table's size, none of them walks through its history. */
const FIND_STORED = `
  SELECT o.id, o.epoch, o.sequence, o.device_id = $2 AS "isOfThisDevice", o.envelope, o.verdict, o.reason
  FROM unnest($3::uuid[]) AS pushed (id)
  CROSS JOIN LATERAL (SELECT * FROM operations WHERE tenant_id = $1 AND id = pushed.id LIMIT 1) AS o
  UNION ALL
  SELECT o.id, o.epoch, o.sequence, true, o.envelope, o.verdict, o.reason
  FROM unnest($3::uuid[], $4::uuid[], $5::bigint[]) AS pushed (id, epoch, sequence)
  CROSS JOIN LATERAL (
    SELECT * FROM operations
    WHERE tenant_id = $1 AND device_id = $2 AND epoch = pushed.epoch AND sequence = pushed.sequence LIMIT 1
  ) AS o
  WHERE o.id <> pushed.id`;

const KEEP_UNREAD = `
  INSERT INTO unreadable_operations (tenant_id, device_id, sent_by, received_at, id, envelope, problem)
  SELECT $1, $2, $3, $4, id, decode(envelope, 'base64'), problem
  FROM json_to_recordset($5::json) AS r (id uuid, envelope text, problem text)
  ON CONFLICT DO NOTHING`;
