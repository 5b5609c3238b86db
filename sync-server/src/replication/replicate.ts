import { startCompactor } from '#oplog/compactor.ts';
import { Oplog } from '#oplog/oplog.ts';
import { ChangeApplier } from './apply-changes.ts';
import { copySource } from './copy-source.ts';
import { dropServed, openDeployment } from './deployments.ts';
import { followLog } from './follow-log.ts';
import { parseLsn } from './lsn.ts';
import { openOplog, openServed } from './open-oplog.ts';
import { sourceRowReader } from './pending-row.ts';
import {
  forgetCopyBound,
  openSourceTables,
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
  const opened = await openDeployment(db, {
    configText: options.configText,
    configMeaning: options.plan.meaning,
    cluster: await identifyCluster(options.ownerUrl),
  });
  let { state } = opened;
  if (opened.isOtherCluster) options.events.onOtherCluster();
  const isServedBefore = opened.served !== null && (await openServed(session, opened.served));
  await dropOtherSlots(owner, state.slot);
  const source = await readSource(owner, options.plan, options.publication);
  const { ids, progress } = await openSourceTables(db, source.tables);
  // While clients get what there was, this is built where they do not see it.
  const oplog = isServedBefore ? new Oplog() : options.oplog;
  const writer = await openOplog(session, oplog, state, ids);
  if (!isServedBefore) await dropServed(db);

  const reason = await reasonToCopy(session, state, source, progress);
  if (reason !== null || !state.isCopied) {
    const copied = await copySource({ session, state, source, writer, reason });
    if (copied === null || signal.aborted) return;
    state = copied;
  }
  const applier = new ChangeApplier({
    db,
    deployment: state.deployment,
    plan: options.plan,
    tables: source.tables,
    tableIds: ids,
    readSourceRow: sourceRowReader(owner, source.tables),
  });
  // Moves the log on, so that also an idle database says at once how far it was followed.
  await owner.query(`SELECT pg_logical_emit_message(true, 'powersync', 'ping')`);
  const watch = watchSource(session, source);
  const switched = Promise.withResolvers<void>();
  const stopCompactor = startCompactor({
    db: session.source,
    oplog,
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
      async onConsistent() {
        await forgetCopyBound(db);
        // The next session finds everything whole and gives it to the clients.
        if (isServedBefore) switched.resolve();
      },
      // What clients have is not that far yet, and nobody's upload is in it.
      onPosition: isServedBefore ? () => undefined : options.events.onPosition,
      onBatch: options.events.onBatch,
      ...(options.events.onOperations === undefined ? {} : { onOperations: options.events.onOperations }),
      until: Promise.race([session.until, watch.changed, switched.promise]),
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
