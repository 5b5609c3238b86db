import { readSyncConfig } from '#config/read-sync-config.ts';
import type { BucketLog } from '#oplog/bucket-log.ts';
import type { Oplog } from '#oplog/oplog.ts';
import {
  type Queryable,
  readBuckets,
  readDepartedRows,
  type StoredBucket,
  type SyncSchema,
} from '#oplog/oplog-store.ts';
import { OplogWriter } from '#oplog/oplog-writer.ts';
import { readSegments } from '#oplog/segment-store.ts';
import type { ServedDeployment } from './deployments.ts';
import type { ReplicationState } from './replication-state.ts';
import type { Session } from './session.ts';

/**
 * Fills the memory from the tables where it does not hold them yet, and makes the writer that goes on from there.
 * `oplog` is the one that clients read, or one of its own while they get another deployment.
 */
export async function openOplog(
  session: Session,
  oplog: Oplog,
  state: ReplicationState,
  tableIds: ReadonlyMap<string, number>,
): Promise<OplogWriter> {
  const { db, options } = session;
  const stored = await readBuckets(db, 'sync');
  const isOpen = oplog.deployment === state.deployment && oplog.head === state.lastOpId;
  const buckets = isOpen ? null : await restoreBuckets(db, 'sync', oplog, stored, state.lastOpId);
  if (oplog === options.oplog)
    options.events.onServing({ plan: options.plan, schema: 'sync', isStill: false });
  if (buckets !== null) {
    const names = new Map([...tableIds].map(([name, id]) => [id, name]));
    const readRange = options.readRange('sync', (id) => names.get(id) ?? '');
    oplog.open(state.deployment, buckets, state.isWhole ? state.lastOpId : null, readRange);
  }
  const { departures } = oplog;
  const watched = new Map([...tableIds].filter(([name]) => departures.tables.has(name)));
  departures.restore(await readDepartedRows(db, watched));
  return new OplogWriter(db, oplog, {
    lastOpId: state.lastOpId,
    tableIds,
    bucketIds: new Map(stored.map(({ id, name }) => [name, id])),
    lookupTableIds: new Map([...tableIds].filter(([name]) => session.options.plan.lookupsByTable.has(name))),
  });
}

/**
 * Lets clients have what there was, by the configuration it was made with. False where that cannot be understood any
 * more.
 */
export async function openServed(session: Session, served: ServedDeployment): Promise<boolean> {
  const { db, options } = session;
  const { oplog } = options;
  const { schema, deployment, servedTo } = served;
  const plan = readSyncConfig(served.configText);
  if (!plan.ok) {
    options.logger.warn({ problems: plan.error }, 'nobody is served by the sync configuration of before');
    return false;
  }
  const isOpen = oplog.deployment === deployment && oplog.head === servedTo;
  const buckets = isOpen
    ? null
    : await restoreBuckets(db, schema, oplog, await readBuckets(db, schema, servedTo), servedTo);
  const { rows } = await db.query<{ id: number; name: string }>(
    `SELECT id, name FROM ${schema}.source_tables`,
  );
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  options.events.onServing({ plan: plan.value, schema, isStill: true });
  const readRange = options.readRange(schema, (id) => names.get(id) ?? '');
  if (buckets !== null) oplog.open(deployment, buckets, servedTo, readRange);
  return true;
}

async function restoreBuckets(
  db: Queryable,
  schema: SyncSchema,
  oplog: Oplog,
  stored: readonly StoredBucket[],
  upTo: number,
): Promise<BucketLog[]> {
  const segments = await readSegments(db, schema, upTo);
  return stored.map(({ id, name, totals }) => {
    const bucket = oplog.newBucket(id, name);
    bucket.restore(totals, segments.get(id) ?? []);
    return bucket;
  });
}
