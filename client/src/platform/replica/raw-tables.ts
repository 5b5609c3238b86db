import { rawTableStatements, syncedTableNames } from '@eventkit/shared/schema/device-ddl.ts';
import { Schema } from '@powersync/common';

/**
 * What PowerSync is told of the replica: it fills our own tables and watches none of them, so its upload queue
 * stays empty and never holds a download back.
 */
export function createReplicaSchema(): Schema {
  const schema = new Schema({});
  schema.withRawTables(Object.fromEntries(syncedTableNames.map((name) => [name, rawTableStatements(name)])));
  return schema;
}
