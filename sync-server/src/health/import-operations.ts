import { type TenantScope, withTenant } from '@eventkit/database/tenant-transaction.ts';
import { type ReadOperationsFile, readOperationsFile } from '@eventkit/proto/operations-file.ts';
import type { DeviceId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import type { Pool } from 'pg';
import { applyBatch, type Stores } from '#upload/apply-batch.ts';
import type { Caller } from '#upload/people-store.ts';
import type { OperationOutcome } from '#upload/store-batch.ts';
import { findStanding } from './imported-operations-store.ts';
import { readTold, type Told } from './read-told.ts';
import { sha256 } from './sha256.ts';

/** Why nothing of a file was taken. other_company says nothing about what that company has. */
export type ImportRefusal = {
  readonly kind: 'no_such_file' | 'newer_version' | 'other_company' | 'unknown_device';
};

export type ImportedOperation = Told & {
  readonly id: string;
  readonly sequence: number;
  readonly outcome: 'taken' | 'already_there' | 'kept_unread' | 'damaged';
  /** Null where it was damaged. */
  readonly ruling: Pick<OperationOutcome, 'verdict' | 'reason'> | null;
};

export type Imported = {
  readonly deviceId: string;
  readonly deviceName: string;
  readonly madeAt: Instant;
  readonly isWhole: boolean;
  /** In the order of the file. */
  readonly operations: readonly ImportedOperation[];
};

const BATCH_SIZE = 500;

/** Takes in a file of operations (rules SH13 to SH16). Throws Unavailable where it has to come again; no harm is done. */
export async function importOperations(
  ports: Stores & { readonly pool: Pool },
  caller: Caller,
  bytes: Uint8Array,
): Promise<Result<Imported, ImportRefusal>> {
  const read = await readOperationsFile(bytes, sha256);
  if (!read.ok) return read;
  const file = inLowerCase(read.value);
  if (file.tenantId !== caller.tenantId) return err({ kind: 'other_company' });
  const whole = file.operations.filter(({ isWhole }) => isWhole).toSorted((a, b) => a.sequence - b.sequence);
  const { tenantId, userId, requestId } = caller;
  const scope: TenantScope = { tenantId, userId, deviceId: file.deviceId, operationId: null, requestId };
  const standing = await withTenant(
    ports.pool,
    scope,
    (tx) => findStanding(tx, scope, file.deviceId, whole),
    {
      isReadOnly: true,
    },
  );
  if (standing === null) return err({ kind: 'unknown_device' });

  const outcomesById = new Map<string, OperationOutcome>();
  for (let from = 0; from < whole.length; from += BATCH_SIZE) {
    const result = await applyBatch(ports, caller, {
      deviceId: file.deviceId as DeviceId,
      operations: whole.slice(from, from + BATCH_SIZE),
      report: null,
    });
    if (!result.ok) return err({ kind: 'unknown_device' });
    for (const outcome of result.value) outcomesById.set(outcome.id, outcome);
  }
  const { deviceId, madeAt, isWhole } = file;
  return ok({
    deviceId,
    madeAt,
    isWhole,
    deviceName: standing.deviceName,
    operations: file.operations.map((operation): ImportedOperation => {
      const ruling = operation.isWhole ? (outcomesById.get(operation.id) ?? null) : null;
      return {
        ...readTold(operation.envelope),
        id: operation.id,
        sequence: operation.sequence,
        ruling,
        outcome: outcomeOf(ruling, standing.ids.has(operation.id)),
      };
    }),
  });
}

function outcomeOf(ruling: OperationOutcome | null, wasThere: boolean): ImportedOperation['outcome'] {
  if (ruling === null) return 'damaged';
  if (ruling.verdict === 'kept_unread') return 'kept_unread';
  return wasThere ? 'already_there' : 'taken';
}

/** Ids are compared as text with those of the database. */
function inLowerCase(file: ReadOperationsFile): ReadOperationsFile {
  return {
    ...file,
    tenantId: file.tenantId.toLowerCase(),
    deviceId: file.deviceId.toLowerCase(),
    operations: file.operations.map((operation) => ({ ...operation, id: operation.id.toLowerCase() })),
  };
}
