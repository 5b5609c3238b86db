import { setTimeout as wait } from 'node:timers/promises';
import type { Queryable } from '#oplog/oplog-store.ts';

/**
 * Drops the slot of this database, as somebody does who does not know what it is for. `db` is of the owner.
 * Its reader is thrown out first, and may be back before the slot is gone: then it is tried again. A slot that was just
 * being made goes with its maker.
 */
export async function dropSlot(db: Queryable): Promise<void> {
  for (;;) {
    try {
      const { rowCount } = await db.query(
        `SELECT pg_terminate_backend(active_pid, 5000), pg_drop_replication_slot(slot_name) FROM pg_replication_slots
          WHERE database = current_database()`,
      );
      if (rowCount !== 0) return;
    } catch (error) {
      if (/does not exist/.test(String(error))) return;
      if (!/is active for PID/.test(String(error))) throw error;
    }
    await wait(5);
  }
}
