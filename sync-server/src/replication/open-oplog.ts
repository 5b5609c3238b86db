import { readBuckets, readDepartedRows } from '#oplog/oplog-store.ts';
import { OplogWriter } from '#oplog/oplog-writer.ts';
import { readSegments } from '#oplog/segment-store.ts';
import type { ReplicationState } from './replication-state.ts';
import type { Session } from './session.ts';

/** Fills the memory from the tables where it does not hold them yet, and makes the writer that goes on from there. */
export async function openOplog(
  session: Session,
  state: ReplicationState,
  tableIds: ReadonlyMap<string, number>,
): Promise<OplogWriter> {
  const { oplog, readRange } = session.options;
  const names = new Map([...tableIds].map(([name, id]) => [id, name]));
  const stored = await readBuckets(session.db);
  if (oplog.deployment !== state.deployment || oplog.head !== state.lastOpId) {
    const segments = await readSegments(session.db);
    const buckets = stored.map(({ id, name, totals }) => {
      const bucket = oplog.newBucket(id, name);
      bucket.restore(totals, segments.get(id) ?? []);
      return bucket;
    });
    const isWhole = state.isCopied && state.consistentFrom === null;
    oplog.open(
      state.deployment,
      buckets,
      isWhole ? state.lastOpId : null,
      readRange((id) => names.get(id) ?? ''),
    );
  }
  const { departures } = oplog;
  const watched = new Map([...tableIds].filter(([name]) => departures.tables.has(name)));
  departures.restore(await readDepartedRows(session.db, watched));
  return new OplogWriter(session.db, oplog, {
    lastOpId: state.lastOpId,
    tableIds,
    bucketIds: new Map(stored.map(({ id, name }) => [name, id])),
  });
}
