import type { Queryable } from '#oplog/oplog-store.ts';
import { type Lsn, parseLsn } from './lsn.ts';

/** What PostgreSQL says of our slot. Sizes in bytes. */
export type SlotReading = {
  /** reserved, extended, unreserved or lost; null while there is no slot. */
  readonly walStatus: string | null;
  /** Write-ahead log that it keeps for the slot. */
  readonly retainedBytes: number;
  /** What we have not yet said to be durable. */
  readonly unreadBytes: number;
  /** Where it gives the slot up (max_slot_wal_keep_size); null without a limit. */
  readonly limitBytes: number | null;
};

export type SlotWatch = {
  /** The newest reading; null before the first, and while the database does not answer. */
  readonly reading: SlotReading | null;
  /** For how long something has been in the log that is not served yet, in milliseconds. */
  lagMs(): number;
  /** Everything up to here is served. */
  served(position: Lsn): void;
  /** Positions of before are of another cluster. */
  forget(): void;
  /** Looks now; several who ask at once share one look. */
  look(): Promise<void>;
  stop(): void;
};

/** At five seconds each, an hour and a half; then the oldest stands for all before it. */
const positionsAtMost = 1000;

/** Looks at the slot again and again, also while replication stands still: that is when it matters. */
export function watchSlot(db: Queryable, monotonicMs: () => number, everyMs = 5000): SlotWatch {
  let reading: SlotReading | null = null;
  let servedTo: Lsn = 0n;
  let unserved: { readonly position: Lsn; readonly seenAtMs: number }[] = [];
  let looking: Promise<void> | null = null;
  const look = () => {
    looking ??= readSlot().finally(() => {
      looking = null;
    });
    return looking;
  };
  const readSlot = async () => {
    try {
      const { rows } = await db.query<
        Record<'status' | 'written' | 'retained' | 'unread' | 'limit', string | null>
      >(
        `SELECT s.wal_status AS status, pg_current_wal_insert_lsn()::text AS written,
           (pg_current_wal_insert_lsn() - s.restart_lsn)::text AS retained,
           (pg_current_wal_insert_lsn() - s.confirmed_flush_lsn)::text AS unread,
           (SELECT nullif(setting, '-1')::bigint * 1048576 FROM pg_settings WHERE name = 'max_slot_wal_keep_size')::text AS limit
         FROM sync.state LEFT JOIN pg_replication_slots s ON s.slot_name = slot AND s.database = current_database()`,
      );
      const [row] = rows;
      if (row === undefined) return;
      reading = {
        walStatus: row.status,
        retainedBytes: Number(row.retained ?? 0),
        unreadBytes: Number(row.unread ?? 0),
        limitBytes: row.limit === null ? null : Number(row.limit),
      };
      const position = parseLsn(row.written ?? '0/0');
      if (position > servedTo && unserved.length < positionsAtMost)
        unserved.push({ position, seenAtMs: monotonicMs() });
    } catch {
      // The database is away: whoever asks finds nothing, and replication says why.
      reading = null;
    }
  };
  const timer = setInterval(() => void look(), everyMs);
  return {
    get reading() {
      return reading;
    },
    lagMs() {
      const [oldest] = unserved;
      return oldest === undefined ? 0 : monotonicMs() - oldest.seenAtMs;
    },
    served(position) {
      if (position > servedTo) servedTo = position;
      const [oldest] = unserved;
      if (oldest !== undefined && oldest.position <= servedTo)
        unserved = unserved.filter((one) => one.position > servedTo);
    },
    forget() {
      servedTo = 0n;
      unserved = [];
    },
    look,
    stop: () => clearInterval(timer),
  };
}

const megabyte = 1024 * 1024;
const withoutLimitBytes = 4096 * megabyte;
const lateMs = 60_000;

/** What an operator should know of it in time, with what to do. */
export function slotProblems(reading: SlotReading | null, lagMs: number): string[] {
  const problems: string[] = [];
  if (lagMs > lateMs)
    problems.push(
      `devices are ${Math.round(lagMs / 1000)} s behind the database: see the log for what keeps replication, or whether the machine has too much to do`,
    );
  if (reading === null || reading.walStatus === null) return problems;
  const kept = `PostgreSQL keeps ${Math.round(reading.retainedBytes / megabyte)} MB of its log for devices`;
  const causes =
    'See what keeps replication, and whether a transaction has been open for long (pg_stat_activity)';
  if (reading.walStatus === 'lost')
    problems.push('PostgreSQL has given up the replication slot: everything is copied again by itself');
  else if (reading.limitBytes === null) {
    if (reading.retainedBytes > withoutLimitBytes)
      problems.push(`${kept}, and would fill its disk. ${causes}; max_slot_wal_keep_size sets a limit to it`);
  } else if (reading.walStatus === 'unreserved' || reading.retainedBytes > reading.limitBytes / 2)
    problems.push(
      `${kept} and gives that up beyond ${Math.round(reading.limitBytes / megabyte)} MB (max_slot_wal_keep_size); everything is copied again then. ${causes}, or raise the limit`,
    );
  return problems;
}
