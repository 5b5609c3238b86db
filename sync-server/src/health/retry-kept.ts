import { type TenantScope, withTenant } from '@eventkit/database/tenant-transaction.ts';
import type { DeviceId } from '@eventkit/shared/kernel/ids.ts';
import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import { permissionsOf } from '@eventkit/shared/permissions/roles.ts';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { applyBatch, type Stores } from '#upload/apply-batch.ts';
import { describeProblem } from '#upload/problem.ts';
import { readPushed } from '#upload/read-pushed.ts';
import {
  findKeptToRetry,
  type KeptPosition,
  type KeptToRetry,
  listDevicesWithKept,
  noteRetried,
} from './kept-operations-store.ts';

/** What became of trying again. */
export type Retried = { readonly takenCount: number; readonly keptCount: number };

export type RetryPorts = Stores & { readonly pool: Pool };

const PAGE_SIZE = 200;

/**
 * Tries what is kept of one company again (rules UP21 and UP24): of one device all of it, of all devices what nobody has to
 * look at first. Throws Unavailable where the rest has to wait.
 */
export async function retryKept(
  ports: RetryPorts,
  tenantId: string,
  { requestId = null, onlyOf = null }: { requestId?: string | null; onlyOf?: string | null } = {},
): Promise<Retried> {
  const scope: TenantScope = { tenantId, userId: null, deviceId: null, operationId: null, requestId };
  const deviceIds =
    onlyOf === null
      ? await withTenant(ports.pool, scope, (tx) => listDevicesWithKept(tx, tenantId), { isReadOnly: true })
      : [onlyOf];
  let takenCount = 0;
  let keptCount = 0;
  for (const deviceId of deviceIds) {
    for (let after: KeptPosition | null = null; ; ) {
      const page: readonly KeptToRetry[] = await withTenant(ports.pool, scope, (tx) =>
        findKeptToRetry(tx, { tenantId, deviceId, isLookedAt: onlyOf !== null }, after, PAGE_SIZE),
      );
      const last = page.at(-1);
      if (last === undefined) break;
      after = last;
      for (const batch of batchesOf(page, deviceId)) {
        const stillKept = await retryBatch(ports, { ...scope, deviceId }, batch);
        keptCount += stillKept;
        takenCount += batch.length - stillKept;
      }
    }
  }
  return { takenCount, keptCount };
}

/** At the start of the server: every company's, since a new version may understand more. */
export async function retryAllKept(
  ports: RetryPorts & { readonly logger: Pick<Logger, 'info'> },
): Promise<void> {
  const { rows } = await ports.pool.query<{ id: string }>('SELECT tenants_with_kept_operations() AS id');
  for (const { id: tenantId } of rows) {
    const retried = await retryKept(ports, tenantId);
    if (retried.takenCount > 0) ports.logger.info({ tenantId, ...retried }, 'kept operations taken in');
  }
}

/** In the order of numbers, as far as they can be read; together what came together, from one sender. */
function batchesOf(page: readonly KeptToRetry[], deviceId: string): KeptToRetry[][] {
  const numberOf = (kept: KeptToRetry) =>
    readPushed(kept, deviceId).numbered?.sequence ?? Number.MAX_SAFE_INTEGER;
  const inOrder = page
    .map((kept) => ({ kept, sequence: numberOf(kept) }))
    .toSorted((a, b) => a.sequence - b.sequence);
  const batches: KeptToRetry[][] = [];
  for (const { kept } of inOrder) {
    const current = batches.at(-1);
    const first = current?.[0];
    if (current !== undefined && first?.receivedAt === kept.receivedAt && first.sentBy === kept.sentBy) {
      current.push(kept);
    } else {
      batches.push([kept]);
    }
  }
  return batches;
}

/** As if its sender had brought it once more, at the instant of the first time. Answers how many are kept still. */
async function retryBatch(
  ports: RetryPorts,
  scope: TenantScope & { readonly deviceId: string },
  batch: readonly KeptToRetry[],
): Promise<number> {
  const [first] = batch;
  if (first === undefined) return 0;
  const { tenantId, deviceId, requestId } = scope;
  const { sentBy: userId, sender, isSenderActive, receivedAt } = first;
  const caller = {
    tenantId,
    userId,
    requestId,
    permissions: isSenderActive ? permissionsOf(sender) : [],
  };
  const result = await applyBatch(ports, caller, {
    deviceId: deviceId as DeviceId,
    operations: batch,
    report: null,
    receivedAt,
  });
  if (!result.ok) throw new Error(`device ${deviceId} of tenant ${tenantId} is gone: ${result.error.kind}`);
  const kept = result.value.flatMap(({ id, problem }) =>
    problem === null ? [] : [{ id, problem: describeProblem(problem) }],
  );
  if (kept.length > 0) {
    const retriedAt = instantOfMs(ports.clock.wallMs());
    await withTenant(ports.pool, scope, (tx) => noteRetried(tx, { tenantId, deviceId }, retriedAt, kept));
  }
  return kept.length;
}
