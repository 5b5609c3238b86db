import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import type { NewId } from '@eventkit/shared/kernel/ids.ts';
import { type TrashHoldReason, trashHolds } from './trash-holds.ts';
import { type TrashKind, trashKinds } from './trash-kinds.ts';
import {
  findWaiting,
  insertItems,
  lockRecord,
  markDeleted,
  type NamedRecord,
  readAlong,
} from './trash-store.ts';

export type Deletion =
  | { readonly tag: 'deleted'; readonly itemId: string; readonly withCount: number }
  | { readonly tag: 'held'; readonly holds: readonly CountedHold[] }
  | { readonly tag: 'unknown' };
export type CountedHold = { readonly reason: TrashHoldReason; readonly count: number };

/**
 * Puts a record into the trash with what belongs to it, unless something holds any of it. Rows are locked first: a scan that
 * comes meanwhile either is here before the holds are looked at, or finds the thing deleted and brings it back.
 */
export async function deleteRecord(
  tx: TenantTransaction,
  newId: NewId,
  kind: TrashKind,
  recordId: string,
): Promise<Deletion> {
  const record = await lockRecord(tx, kind, recordId);
  if (record === null) return { tag: 'unknown' };
  if (record.isDeleted) {
    const waiting = await findWaiting(tx, kind, recordId);
    return waiting === null ? { tag: 'unknown' } : { tag: 'deleted', itemId: waiting, withCount: 0 };
  }
  const along = await readAlong(tx, kind, recordId);
  const going = Map.groupBy([{ kind, id: recordId, name: record.name }, ...along], (one) => one.kind);
  for (const [ofKind, records] of going) await lockAll(tx, ofKind, records);
  const holds = await countHolds(tx, going);
  if (holds.length > 0) return { tag: 'held', holds };
  const itemId = newId();
  await insertItems(tx, [
    { itemId, rootId: itemId, kind, id: recordId, name: record.name },
    ...along.map((one) => ({ ...one, itemId: newId(), rootId: itemId })),
  ]);
  for (const [ofKind, records] of going) await markDeleted(tx, ofKind, idsOf(records));
  return { tag: 'deleted', itemId, withCount: along.length };
}

/** In the order of their ids, as scans lock them. */
async function lockAll(
  tx: TenantTransaction,
  kind: TrashKind,
  records: readonly NamedRecord[],
): Promise<void> {
  await tx.query(`SELECT FROM ${trashKinds[kind].table} WHERE id = ANY ($1) ORDER BY id FOR UPDATE`, [
    idsOf(records),
  ]);
}

async function countHolds(
  tx: TenantTransaction,
  going: ReadonlyMap<TrashKind, readonly NamedRecord[]>,
): Promise<readonly CountedHold[]> {
  const counted: CountedHold[] = [];
  for (const { reason, kind, sql } of trashHolds) {
    const records = going.get(kind);
    if (records === undefined) continue;
    const { rows } = await tx.query<{ count: number }>(sql, [idsOf(records)]);
    const count = rows[0]?.count ?? 0;
    if (count > 0) counted.push({ reason, count });
  }
  return counted;
}

function idsOf(records: readonly NamedRecord[]): string[] {
  return records.map(({ id }) => id);
}
