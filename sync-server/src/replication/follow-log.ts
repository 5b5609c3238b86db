import type { OplogWriter } from '#oplog/oplog-writer.ts';
import type { ChangeApplier } from './apply-changes.ts';
import { formatLsn, type Lsn } from './lsn.ts';
import { operationIdsOf } from './operation-ids-of.ts';
import { createTransactionReader, type WalPart } from './transaction-reader.ts';
import { openWalStream } from './wal-stream.ts';

export type FollowLog = {
  readonly url: string;
  readonly slot: string;
  readonly publication: string;
  readonly from: Lsn;
  readonly writer: OplogWriter;
  readonly applier: ChangeApplier;
  /** What was copied is whole from here; null when it is already. */
  readonly consistentFrom: Lsn | null;
  readonly onConsistent: () => Promise<void>;
  /** Everything up to `lsn` is durable and served. */
  readonly onPosition: (lsn: Lsn) => void;
  readonly onBatch: (batch: { readonly rowCount: number; readonly committedAtMs: number | null }) => void;
  /** Told of the operations behind each batch once it is served; costs a look at every row, so only where it is given. */
  readonly onOperations?: (ids: ReadonlySet<string>, committedAtMs: number) => void;
  /** Settles to end it; rejects to end it with that error. */
  readonly until: Promise<void>;
};

/** What one statement writes at most, and what waits in memory before the server is made to wait. */
const rowsPerWrite = 5000;
const bytesPerWrite = 8 * 1024 * 1024;
const changesInMemory = 20_000;
const bytesInMemory = 32 * 1024 * 1024;

/**
 * Follows the write-ahead log until `until` or an error. Whatever transactions have arrived while the last ones were
 * being written make the next checkpoint together; a transaction is never divided between checkpoints.
 */
export async function followLog(job: FollowLog): Promise<void> {
  // It may reject while the stream is still being opened, when nobody waits for it yet.
  job.until.catch(() => undefined);
  let parts: WalPart[] = [];
  let waiting = { changes: 0, bytes: 0 };
  let wake: () => void = () => undefined;
  let failure: unknown = null;
  let isWriting = false;
  let boundary = job.consistentFrom;
  let isInTransaction = false;
  const read = createTransactionReader((part) => {
    parts.push(part);
    waiting = { changes: waiting.changes + part.changes.length, bytes: waiting.bytes + part.bytes };
    if (waiting.changes > changesInMemory || waiting.bytes > bytesInMemory) stream?.pause();
    wake();
  });
  let stream: Awaited<ReturnType<typeof openWalStream>> | null = null;
  stream = await openWalStream({
    ...job,
    onMessage(bytes) {
      try {
        const tag = read(bytes);
        if (tag === 'begin') isInTransaction = true;
        else if (tag === 'commit') isInTransaction = false;
      } catch (error) {
        failure = error;
        wake();
      }
    },
    onKeepalive(sentTo) {
      if (!isWriting && !isInTransaction && parts.length === 0 && failure === null && boundary === null) {
        stream?.acknowledge(sentTo);
        job.onPosition(sentTo);
      }
    },
  });
  let isEnding = false;
  const ending = Promise.race([stream.ended, job.until]).finally(() => {
    isEnding = true;
    wake();
  });
  ending.catch(() => undefined);
  try {
    while (!isEnding) {
      if (failure !== null) throw failure;
      if (parts.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      const batch = parts;
      parts = [];
      waiting = { changes: 0, bytes: 0 };
      stream.resume();
      isWriting = true;
      boundary = await writeBatch(job, batch, boundary, (lsn) => stream?.acknowledge(lsn));
      isWriting = false;
    }
    await ending;
  } finally {
    await stream.stop().catch(() => undefined);
  }
}

/** Returns the position that is still to be passed before anything may be served. */
async function writeBatch(
  job: FollowLog,
  parts: readonly WalPart[],
  boundary: Lsn | null,
  acknowledge: (lsn: Lsn) => void,
): Promise<Lsn | null> {
  const { applier, writer } = job;
  let end: Lsn | null = null;
  let committedAtMs: number | null = null;
  let rowCount = 0;
  let unwrittenBytes = 0;
  for (const part of parts) {
    await applier.add(part.changes, writer);
    rowCount += part.changes.length;
    unwrittenBytes += part.bytes;
    end = part.end;
    committedAtMs = part.committedAtMs ?? committedAtMs;
    if (end !== null || (applier.rowCount < rowsPerWrite && unwrittenBytes < bytesPerWrite)) continue;
    await writer.write(applier.take(), null);
    unwrittenBytes = 0;
  }
  if (end === null) return boundary;
  const isServable = boundary === null || end >= boundary;
  if (applier.rowCount > 0 || writer.isInTransaction)
    await writer.write(applier.take(), { lsn: formatLsn(end), isServable });
  if (!isServable) return boundary;
  if (boundary !== null) {
    await job.onConsistent();
    writer.publish();
  }
  acknowledge(end);
  job.onPosition(end);
  if (rowCount > 0) job.onBatch({ rowCount, committedAtMs });
  if (job.onOperations !== undefined && committedAtMs !== null)
    job.onOperations(operationIdsOf(parts.flatMap(({ changes }) => changes)), committedAtMs);
  return null;
}
