import { bulkIndexDdl } from '@eventkit/shared/schema/device-ddl.ts';
import { readDeviceState, writeDeviceState } from './device-state.ts';
import { localBulkIndexes } from './local-ddl.ts';
import type { Replica } from './replica.ts';

/**
 * Makes the indexes of the large tables, as soon as the first download is complete and before anybody works with
 * them. Does nothing where this version's indexes are there.
 */
export async function makeBulkIndexes(replica: Replica): Promise<void> {
  const wanted = [...bulkIndexDdl(), ...localBulkIndexes];
  const shape = JSON.stringify(wanted);
  const { bulk_indexes: present } = await readDeviceState(replica, ['bulk_indexes']);
  if (present === shape) return;
  await replica.writeTransaction(async (tx) => {
    for (const statement of wanted) await tx.execute(statement);
    await writeDeviceState(tx, { bulk_indexes: shape });
  });
  // Every connection of the pool must see them.
  await replica.database.refreshSchema();
}
