import type { OperationId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
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

type OutboxBatchRow = { readonly operation_id: OperationId; readonly envelope: Uint8Array };

/** The operations to be sent next, in order. */
export async function readOutboxBatch(
  replica: Replica,
  before: RepeatBefore,
  skipped: readonly OperationId[],
  limit: number,
): Promise<PushedOperation[]> {
  const rows = await replica.getAll<OutboxBatchRow>(
    `SELECT operation_id, envelope FROM outbox
      WHERE (state = 'waiting'
         OR last_attempt_at < CASE state WHEN 'answered' THEN ? ELSE ? END
         OR last_attempt_at > ?)
        AND operation_id NOT IN (SELECT value FROM json_each(?))
      ORDER BY sequence LIMIT ?`,
    [before.answered, before.kept, before.now, JSON.stringify(skipped), limit],
  );
  return withinBytes(rows.map((row) => ({ id: row.operation_id, envelope: row.envelope })));
}

/** Envelopes of a batch are not more than this together, unless one alone is. */
const LARGEST_BATCH_BYTES = 1_000_000;

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
  const { count } = await replica.get<{ count: number }>(
    `SELECT count(*) AS count FROM outbox WHERE state IN ('waiting', 'not_taken')`,
  );
  return count;
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

export type OutboxCounts = {
  /** Whose verdict row is not here yet, those kept unread left out. */
  readonly waitingCount: number;
  readonly keptUnreadCount: number;
  readonly oldestWaitingAt: Instant | null;
  /** Sequence and state of the oldest one that should be moving. */
  readonly head: { readonly sequence: number; readonly state: 'waiting' | 'answered' } | null;
};

export async function countOutbox(replica: Replica): Promise<OutboxCounts> {
  const counts = await replica.get<{ waiting: number; kept: number; oldest: Instant | null }>(
    `SELECT count(*) FILTER (WHERE state IN ('waiting', 'answered')) AS waiting,
            count(*) FILTER (WHERE state IN ('kept_unread', 'not_taken')) AS kept,
            min(recorded_at) FILTER (WHERE state IN ('waiting', 'answered')) AS oldest
       FROM outbox`,
  );
  const head = await replica.getOptional<{ sequence: number; state: 'waiting' | 'answered' }>(
    `SELECT sequence, state FROM outbox WHERE state IN ('waiting', 'answered') ORDER BY sequence LIMIT 1`,
  );
  return {
    waitingCount: counts.waiting,
    keptUnreadCount: counts.kept,
    oldestWaitingAt: counts.oldest,
    head,
  };
}

/** Marks a point in time among what was settled. */
export async function lastSettled(replica: Replica): Promise<number> {
  const { last } = await replica.get<{ last: number }>(
    'SELECT coalesce(max(rowid), 0) AS last FROM settled_operations',
  );
  return last;
}

/** How many operations of this device the server refused since that point. */
export async function countRefusedAfter(replica: Replica, settled: number): Promise<number> {
  const { count } = await replica.get<{ count: number }>(
    `SELECT count(*) AS count FROM settled_operations
       JOIN operations ON operations.id = settled_operations.operation_id AND operations.verdict = 'refused'
      WHERE settled_operations.rowid > ?`,
    [settled],
  );
  return count;
}
