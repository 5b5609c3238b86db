import type { OperationId } from '@eventkit/shared/kernel/ids.ts';
import { applyEffects } from '@eventkit/shared/operations/apply-effects.ts';
import type { IntentKind, Operation } from '@eventkit/shared/operations/operation.ts';
import { joinReads } from '@eventkit/shared/operations/working-set.ts';
import { overlaidTableNames } from '@eventkit/shared/schema/device-ddl.ts';
import { subjectKey } from '@eventkit/shared/schema/subject-ledgers.ts';
import type { Replica, ReplicaTransaction } from '#platform/replica/replica.ts';
import { subjectsTouchedBy } from '#platform/replica/touched-subjects.ts';
import type { Deciding, FindDeciding } from './deciding.ts';
import { loadWorkingSet } from './load-working-set.ts';
import { writeOverlay } from './write-overlay.ts';

/**
 * Decides the pending operations again whose rows changed below them, in their order and in one transaction, so
 * that nobody sees a guess half made. Their instants, numbers and bytes stay. Returns how many it were.
 */
export async function redecidePending(replica: Replica, findDeciding: FindDeciding): Promise<number> {
  for (;;) {
    const kinds = await kindsToDecideAgain(replica);
    if (kinds === null) return 0;
    const count = await redecide(replica, kinds, await findDeciding(kinds));
    if (count !== null) return count;
  }
}

/** The kinds of all that is pending; null where nothing changed below. */
async function kindsToDecideAgain(connection: Pick<ReplicaTransaction, 'getOptional'>) {
  const found = await connection.getOptional<{ kinds: string }>(
    'SELECT (SELECT json_group_array(DISTINCT kind) FROM outbox) AS kinds FROM dirty_subjects LIMIT 1',
  );
  return found === null ? null : (JSON.parse(found.kinds) as IntentKind[]);
}

/** Null where operations of other kinds have come meanwhile. */
async function redecide(
  replica: Replica,
  kinds: readonly IntentKind[],
  { readsOf, decide }: Deciding,
): Promise<number | null> {
  return replica.writeTransaction(async (tx) => {
    const now = await kindsToDecideAgain(tx);
    if (now?.some((kind) => !kinds.includes(kind))) return null;
    const operations = await readTouched(tx, readsOf);
    await tx.execute('DELETE FROM dirty_subjects');
    await clearOverlay(tx, operations);
    const workingSet = await loadWorkingSet(tx, joinReads(operations.map(readsOf)));
    for (const operation of operations) {
      const { effects } = decide(operation, workingSet, {
        effectiveAt: operation.recordedAt,
        receivedAt: null,
      });
      applyEffects(workingSet, effects);
      await writeOverlay(tx, operation.id, effects);
    }
    return operations.length;
  });
}

type PendingRow = { readonly operation: string; readonly subjects: string };

/**
 * Pending operations about a dirty subject (an asset, or one of a subject ledger), and those about subjects that these
 * are about too, and so on: a guess may stand on any earlier one that shares a subject with it.
 */
async function readTouched(tx: ReplicaTransaction, readsOf: Deciding['readsOf']): Promise<Operation[]> {
  const dirty = await tx.getAll<{ subject: string }>('SELECT DISTINCT subject FROM dirty_subjects');
  const pending = (
    await tx.getAll<PendingRow>(
      `SELECT operation, (SELECT json_group_array(subject) FROM (${subjectsTouchedBy('outbox.operation_id')})) AS subjects
        FROM outbox ORDER BY sequence`,
    )
  ).map((row) => {
    const operation = JSON.parse(row.operation) as Operation;
    const { assetIds, subjects, codes } = readsOf(operation);
    const labels = codes.map((id) => ({ ledger: 'labels' as const, id }));
    return {
      operation,
      subjects: [
        ...assetIds,
        ...[...subjects, ...labels].map(subjectKey),
        ...(JSON.parse(row.subjects) as string[]),
      ],
    };
  });
  const touchedSubjects = new Set(dirty.map(({ subject }) => subject));
  const touched = new Set<Operation>();
  for (let before = -1; before !== touched.size; ) {
    before = touched.size;
    for (const { operation, subjects } of pending) {
      if (touched.has(operation) || !subjects.some((subject) => touchedSubjects.has(subject))) continue;
      touched.add(operation);
      for (const subject of subjects) touchedSubjects.add(subject);
    }
  }
  return pending.map(({ operation }) => operation).filter((operation) => touched.has(operation));
}

async function clearOverlay(tx: ReplicaTransaction, operations: readonly Operation[]): Promise<void> {
  const ids = JSON.stringify(operations.map(({ id }): OperationId => id));
  for (const table of overlaidTableNames) {
    await tx.execute(
      `DELETE FROM ${table}_overlay WHERE pending_operation_id IN (SELECT value FROM json_each(?))`,
      [ids],
    );
  }
}
