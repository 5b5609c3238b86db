import type { OperationId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { waitingPhotoCount } from '#platform/attachments/attachment-queue-store.ts';
import type { Replica } from '#platform/replica/replica.ts';
import type { PushAnswer, PushedOperation } from '#platform/sync/push.ts';

/** How old an attempt must be before an operation is sent again, by what is known of it. */
export type RepeatBefore = {
  /** For what the server has answered and whose verdict row has not come down. */
  readonly answered: Instant;
  /** For what the server keeps unread, or would not take. */
  readonly kept: Instant;
  /** An attempt after this came from a clock that has been put right since. */
  readonly now: Instant;
};

export type OutboxBatch = {
  /** To be sent next, in order. */
  readonly operations: readonly PushedOperation[];
  /** Whether others may be due that had no room in it. */
  readonly isFull: boolean;
  /** How many others have not been answered by the server. */
  readonly queueLength: number;
  /** When the oldest operation was recorded that the server has not answered, those of this batch included. */
  readonly oldestUnsentAt: Instant | null;
  /** The number of the last operation that was recorded when this was read; 0 before the first. */
  readonly lastSequence: number;
};

/** The queue's own columns stand in each row, and in one without an operation when nothing is due. */
type OutboxBatchRow = {
  readonly unsent: number;
  readonly oldest_at: Instant | null;
  readonly last_sequence: number;
} & (
  | { readonly operation_id: OperationId; readonly envelope: Uint8Array }
  | { readonly operation_id: null; readonly envelope: null }
);

const unsent = `state IN ('waiting', 'not_taken')`;
const unsentCount = `count(*) FILTER (WHERE ${unsent})`;
const oldestUnsent = `min(recorded_at) FILTER (WHERE ${unsent})`;
const lastSequence = `(SELECT CAST(value AS INTEGER) FROM device_state WHERE key = 'last_sequence')`;

export async function readOutboxBatch(
  replica: Replica,
  before: RepeatBefore,
  skipped: readonly OperationId[],
  limit: number,
): Promise<OutboxBatch> {
  const rows = await replica.getAll<OutboxBatchRow>(
    `SELECT queue.unsent, queue.oldest_at, queue.last_sequence, due.operation_id, due.envelope
      FROM (SELECT ${unsentCount} AS unsent, ${oldestUnsent} AS oldest_at,
                   coalesce(${lastSequence}, 0) AS last_sequence FROM outbox) AS queue
      LEFT JOIN
       (SELECT sequence, operation_id, envelope FROM outbox
         WHERE (state = 'waiting'
            OR last_attempt_at < CASE state WHEN 'answered' THEN ? ELSE ? END
            OR last_attempt_at > ?)
           AND operation_id NOT IN (SELECT value FROM json_each(?))
         ORDER BY sequence LIMIT ?) AS due ON true
      ORDER BY due.sequence`,
    [before.answered, before.kept, before.now, JSON.stringify(skipped), limit],
  );
  const due = rows.flatMap((row) =>
    row.operation_id === null ? [] : [{ id: row.operation_id, envelope: row.envelope }],
  );
  const operations = withinBytes(due);
  return {
    operations,
    isFull: due.length === limit || operations.length < due.length,
    queueLength: Math.max(0, (rows[0]?.unsent ?? 0) - operations.length),
    oldestUnsentAt: rows[0]?.oldest_at ?? null,
    lastSequence: rows[0]?.last_sequence ?? 0,
  };
}

/** Envelopes of a batch are not more than this together, unless one alone is. */
export const LARGEST_BATCH_BYTES = 1_000_000;

function withinBytes(operations: PushedOperation[]): PushedOperation[] {
  let bytes = 0;
  const end = operations.findIndex(({ envelope }) => {
    bytes += envelope.byteLength;
    return bytes > LARGEST_BATCH_BYTES;
  });
  return end === -1 ? operations : operations.slice(0, Math.max(1, end));
}

/** How many operations have not been answered by the server. */
export async function countUnsent(replica: Replica): Promise<number> {
  const { count } = await replica.get<{ count: number }>(`SELECT ${unsentCount} AS count FROM outbox`);
  return count;
}

/** What the server is told of the queue. */
export async function readOutboxReport(replica: Replica): Promise<{
  readonly queueLength: number;
  readonly oldestWaitingAt: Instant | null;
  readonly lastSequence: number;
}> {
  return replica.get(
    `SELECT ${unsentCount} AS queueLength, ${oldestUnsent} AS oldestWaitingAt,
            coalesce(${lastSequence}, 0) AS lastSequence FROM outbox`,
  );
}

/** Keeps what the server said until the rows that follow from it are here. */
export async function markAnswered(
  replica: Replica,
  answers: readonly PushAnswer[],
  at: Instant,
): Promise<void> {
  await replica.execute(
    `UPDATE outbox SET
       state = CASE answer.value ->> 'verdict' WHEN 'kept_unread' THEN 'kept_unread' ELSE 'answered' END,
       verdict = nullif(answer.value ->> 'verdict', 'kept_unread'),
       reason = answer.value ->> 'reason',
       attempts = attempts + 1, last_attempt_at = ?, last_problem = NULL
      FROM json_each(?) AS answer WHERE operation_id = answer.value ->> 'id'`,
    [at, JSON.stringify(answers)],
  );
}

/** Notes a failed attempt; the operations stay in the queue. `isTaken` false: the server wants none of it. */
export async function markFailed(
  replica: Replica,
  operationIds: readonly OperationId[],
  problem: string,
  at: Instant,
  isTaken: boolean,
): Promise<void> {
  await replica.execute(
    `UPDATE outbox SET attempts = attempts + 1, last_attempt_at = ?, last_problem = ?
       ${isTaken ? '' : ", state = 'not_taken'"}
      WHERE operation_id IN (SELECT value FROM json_each(?))`,
    [at, problem.slice(0, 500), JSON.stringify(operationIds)],
  );
}

export type OutboxStatus = {
  /** Whose verdict row is not here yet, those kept unread left out. */
  readonly waitingCount: number;
  readonly keptUnreadCount: number;
  /** Photos that the server has not got yet. */
  readonly waitingPhotoCount: number;
  /** Refused by the server since the point in time that was asked for. */
  readonly refusedCount: number;
  readonly oldestWaitingAt: Instant | null;
  /** The number of the last operation that was recorded when this was read; 0 before the first. */
  readonly lastSequence: number;
  /** Sequence and state of the oldest one that should be moving. */
  readonly head: OutboxHead | null;
};

export type OutboxHead = { readonly sequence: number; readonly state: 'waiting' | 'answered' };

/** All that is told and watched of the queue, in one read. `settledBefore` is a point in time of `lastSettled`. */
export async function readOutboxStatus(replica: Replica, settledBefore: number): Promise<OutboxStatus> {
  const found = await replica.get<Omit<OutboxStatus, 'head'> & { readonly head: string | null }>(
    `SELECT count(*) FILTER (WHERE state IN ('waiting', 'answered')) AS waitingCount,
            count(*) FILTER (WHERE state IN ('kept_unread', 'not_taken')) AS keptUnreadCount,
            ${waitingPhotoCount} AS waitingPhotoCount,
            min(recorded_at) FILTER (WHERE state IN ('waiting', 'answered')) AS oldestWaitingAt,
            coalesce(${lastSequence}, 0) AS lastSequence,
            (SELECT json_object('sequence', sequence, 'state', state) FROM outbox
              WHERE state IN ('waiting', 'answered') ORDER BY sequence LIMIT 1) AS head,
            (SELECT count(*) FROM settled_operations
              JOIN operations ON operations.id = settled_operations.operation_id AND operations.verdict = 'refused'
             WHERE settled_operations.rowid > ?) AS refusedCount
       FROM outbox`,
    [settledBefore],
  );
  return { ...found, head: found.head === null ? null : (JSON.parse(found.head) as OutboxHead) };
}

/** Marks a point in time among what was settled. */
export async function lastSettled(replica: Replica): Promise<number> {
  const { last } = await replica.get<{ last: number }>(
    'SELECT coalesce(max(rowid), 0) AS last FROM settled_operations',
  );
  return last;
}
