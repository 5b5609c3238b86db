import { bulkIndexDdl } from '@eventkit/shared/schema/device-ddl.ts';
import { readDeviceState, writeDeviceState } from './device-state.ts';
import { executeAll } from './execute-all.ts';
import { localBulkIndexes, localBulkTriggers } from './local-ddl.ts';
import type { Replica } from './replica.ts';
import { MARK_ALL_PENDING } from './touched-subjects.ts';

/**
 * Gives the large tables their indexes and triggers, as soon as the first download is complete and before anybody works
 * with them: kept up and asked row by row they take as long as the rest of it. Guesses that are there by then are looked
 * at again, since no trigger told of the rows below them. Does nothing where this version's are there.
 */
export async function prepareBulkTables(replica: Replica): Promise<void> {
  const indexes = [...bulkIndexDdl(), ...localBulkIndexes];
  const shape = JSON.stringify([indexes, localBulkTriggers]);
  const { bulk_shape: present } = await readDeviceState(replica, ['bulk_shape']);
  if (present === shape) return;
  await replica.writeTransaction(async (tx) => {
    await executeAll(tx, [
      ...indexes,
      ...Object.entries(localBulkTriggers).map(
        ([name, trigger]) => `CREATE TRIGGER IF NOT EXISTS ${name} ${trigger}`,
      ),
      MARK_ALL_PENDING,
    ]);
    await writeDeviceState(tx, { bulk_shape: shape });
  });
  // Every connection of the pool must see them.
  await replica.database.refreshSchema();
}
