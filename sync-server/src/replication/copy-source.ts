import type { OplogWriter } from '#oplog/oplog-writer.ts';
import { copyTables } from './copy-tables.ts';
import {
  beginCopy,
  discardCopy,
  finishCopy,
  openSourceTables,
  type ReplicationState,
} from './replication-state.ts';
import type { Session } from './session.ts';
import { recreateSlot } from './slot.ts';
import type { Source } from './source.ts';

/**
 * Copies all tables, from the beginning where there is a `reason` to, or else where the last session left off.
 * Returns the state from which the log is to be followed; null when the session ended before.
 */
export async function copySource(job: {
  readonly session: Session;
  readonly state: ReplicationState;
  readonly source: Source;
  readonly writer: OplogWriter;
  readonly reason: string | null;
}): Promise<ReplicationState | null> {
  const { session, source, writer, reason } = job;
  const { options, owner, db, signal } = session;
  let { state } = job;
  if (reason !== null) {
    options.logger.info({ slot: state.slot, reason }, 'all tables are copied anew');
    // Before the slot is made: whoever finds a new slot beside an old position would miss what lies between.
    await discardCopy(db);
    const lsn = await recreateSlot(owner, state.slot);
    await beginCopy(db, source.publication, lsn);
    state = { ...state, lsn, publication: source.publication, isCopied: false, consistentFrom: null };
  }
  session.enter('copying');
  const { ids, progress } = await openSourceTables(db, source.tables);
  const isWhole = await copyTables(
    {
      source: session.source,
      notes: db,
      writer,
      deployment: state.deployment,
      plan: options.plan,
      tableIds: ids,
      progress,
      isFirstCopy: state.lastOpId === 0,
      onRows: options.events.onCopied,
      isStopped: () => signal.aborted,
    },
    source.tables,
  );
  return isWhole ? { ...state, isCopied: true, consistentFrom: await finishCopy(db) } : null;
}
