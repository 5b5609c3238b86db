import { startCompactor } from '#oplog/compactor.ts';
import { ChangeApplier } from './apply-changes.ts';
import { copySource } from './copy-source.ts';
import { followLog } from './follow-log.ts';
import { parseLsn } from './lsn.ts';
import { openOplog } from './open-oplog.ts';
import { sourceRowReader } from './pending-row.ts';
import {
  forgetCopyBound,
  openSourceTables,
  openState,
  type ReplicationState,
  takeWriterLock,
} from './replication-state.ts';
import type { Session } from './session.ts';
import { dropOtherSlots, inspectSlot } from './slot.ts';
import { readSource, type Source } from './source.ts';
import { identifyCluster } from './wal-stream.ts';
import { watchSource } from './watch-source.ts';

/**
 * One session from its connections on: find out what is kept and what the database offers, copy the tables unless the
 * log leads on from what is kept, then follow the log until something breaks or the session shall end.
 */
export async function replicate(session: Session): Promise<void> {
  const { options, owner, db, signal } = session;
  if (!(await takeWriterLock(db))) throw new Error('another sync server writes for this database');
  let state = await openState(db, {
    configMeaning: options.plan.meaning,
    cluster: await identifyCluster(options.ownerUrl),
  });
  await dropOtherSlots(owner, state.slot);
  const source = await readSource(owner, options.plan, options.publication);
  const { ids, progress } = await openSourceTables(db, source.tables);
  const writer = await openOplog(session, state, ids);

  const reason = await reasonToCopy(session, state, source, progress);
  if (reason !== null || !state.isCopied) {
    const copied = await copySource({ session, state, source, writer, reason });
    if (copied === null || signal.aborted) return;
    state = copied;
  }
  const applier = new ChangeApplier({
    db,
    deployment: state.deployment,
    queriesByTable: options.plan.queriesByTable,
    tables: source.tables,
    tableIds: ids,
    readSourceRow: sourceRowReader(owner, source.tables),
  });
  // Moves the log on, so that also an idle database says at once how far it was followed.
  await owner.query(`SELECT pg_logical_emit_message(true, 'powersync', 'ping')`);
  const watch = watchSource(session, source);
  const stopCompactor = startCompactor({
    db: session.source,
    oplog: options.oplog,
    onMerged: options.events.onMerged,
    onFailure: (error) => options.logger.warn({ err: error }, 'superseded rows are not merged for now'),
  });
  session.enter('following');
  try {
    await followLog({
      url: options.ownerUrl,
      slot: state.slot,
      publication: options.publication,
      from: parseLsn(state.lsn),
      writer,
      applier,
      consistentFrom: state.consistentFrom === null ? null : parseLsn(state.consistentFrom),
      onConsistent: () => forgetCopyBound(db),
      onPosition: options.events.onPosition,
      onBatch: options.events.onBatch,
      until: Promise.race([session.until, watch.changed]),
    });
  } finally {
    watch.stop();
    await stopCompactor();
  }
}

/** Why what is kept does not lead on to what the slot will send; null where it does. */
async function reasonToCopy(
  session: Session,
  state: ReplicationState,
  source: Source,
  progress: ReadonlyMap<string, { readonly shape: string }>,
): Promise<string | null> {
  if (state.publication === '') return 'no slot was made yet';
  const slot = await inspectSlot(session.owner, state.slot);
  if (slot !== 'ready') return `the slot is ${slot}`;
  if (state.publication !== source.publication) return 'the publication is another one';
  const changed = source.tables.find((table) => progress.get(table.name)?.shape !== table.shape);
  return changed === undefined ? null : `table ${changed.name} is not what it was`;
}
