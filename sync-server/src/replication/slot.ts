import type { Queryable } from '#oplog/oplog-store.ts';

/** What names of our slots begin with. */
export const slotPrefix = 'eventkit_sync_';

export type SlotState = 'ready' | 'missing' | 'lost';

/** Whether the slot still holds everything since it was last acknowledged. */
export async function inspectSlot(db: Queryable, slot: string): Promise<SlotState> {
  const { rows } = await db.query<{ wal_status: string | null; conflicting: boolean }>(
    `SELECT wal_status, coalesce((to_jsonb(s) ->> 'invalidation_reason') IS NOT NULL, false) AS conflicting
     FROM pg_replication_slots s WHERE slot_name = $1 AND database = current_database()`,
    [slot],
  );
  const [found] = rows;
  if (found === undefined) return 'missing';
  return found.wal_status === 'lost' || found.conflicting ? 'lost' : 'ready';
}

/**
 * Makes the slot anew and returns where it begins. What is not sent from there on was visible to everybody before
 * this returned: PostgreSQL waits for the transactions that were running. (Not so for the current end of the log: a
 * transaction may stand before it and not be visible yet.)
 */
export async function recreateSlot(db: Queryable, slot: string): Promise<string> {
  await dropSlot(db, slot);
  const { rows } = await db.query<{ lsn: string }>(
    `SELECT lsn::text FROM pg_create_logical_replication_slot($1, 'pgoutput')`,
    [slot],
  );
  const [made] = rows;
  if (made === undefined) throw new Error(`slot ${slot} was not made`);
  return made.lsn;
}

/** Slots of deployments that are no more would hold back the log for ever. Only whoever may write can tell. */
export async function dropOtherSlots(db: Queryable, ours: string): Promise<void> {
  const { rows } = await db.query<{ slot: string }>(
    `SELECT slot_name AS slot FROM pg_replication_slots
     WHERE database = current_database() AND starts_with(slot_name, $1) AND slot_name <> $2`,
    [slotPrefix, ours],
  );
  for (const { slot } of rows) await dropSlot(db, slot);
}

/** Of all deployments, where nobody here follows the log any more. */
export function dropOurSlots(db: Queryable): Promise<void> {
  return dropOtherSlots(db, '');
}

async function dropSlot(db: Queryable, slot: string): Promise<void> {
  // Whoever still reads from a slot of ours is a connection that we have given up.
  await db.query(
    `SELECT pg_terminate_backend(active_pid, 5000) FROM pg_replication_slots
     WHERE slot_name = $1 AND active AND database = current_database()`,
    [slot],
  );
  await db.query(
    'SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = $1 AND database = current_database()',
    [slot],
  );
}
