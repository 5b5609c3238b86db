import { setTimeout as wait } from 'node:timers/promises';
import type { RealServer } from './real-server.ts';

/**
 * Its reader is thrown out first, and may be back before the slot is gone: then it is tried again. A slot that was just
 * being made goes with its maker.
 */
export async function dropSlot({ ownerPool }: Pick<RealServer, 'ownerPool'>): Promise<void> {
  for (;;) {
    try {
      const { rowCount } = await ownerPool.query(
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
