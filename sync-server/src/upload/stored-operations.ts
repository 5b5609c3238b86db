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

/** Keeps what could not be taken, with its bytes. The first of several with one id is the one that is kept. */
export async function keepUnread(
  tx: TenantTransaction,
  { tenantId, deviceId, receivedAt }: { tenantId: string; deviceId: string; receivedAt: string },
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
    values: [tenantId, deviceId, receivedAt, JSON.stringify(rows)],
  });
}

const FIND_STORED = `
  WITH batch AS (
    SELECT * FROM unnest($3::uuid[], $4::uuid[], $5::bigint[]) AS b (id, epoch, sequence)
  ), found AS (
    SELECT o.id FROM operations o WHERE o.tenant_id = $1 AND o.id = ANY($3)
    UNION
    SELECT o.id FROM batch b JOIN operations o
      ON o.tenant_id = $1 AND o.device_id = $2 AND o.epoch = b.epoch AND o.sequence = b.sequence
  )
  SELECT o.id, o.epoch, o.sequence, o.device_id = $2 AS "isOfThisDevice", o.envelope, o.verdict, o.reason
  FROM found f JOIN operations o ON o.tenant_id = $1 AND o.id = f.id`;

const KEEP_UNREAD = `
  INSERT INTO unreadable_operations (tenant_id, device_id, received_at, id, envelope, problem)
  SELECT $1, $2, $3, id, decode(envelope, 'base64'), problem
  FROM json_to_recordset($4::json) AS r (id uuid, envelope text, problem text)
  ON CONFLICT DO NOTHING`;
