import { type ScanOutcome, scanOutcomes } from '#ui/scan-outcome.ts';
import type { LogEntry, RecordedAnswer, ScanReport } from './scan-report.ts';

/** Newest first. */
export type SessionLog<Detail> = readonly LogEntry<Detail>[];

/** A shift's worth; older ones are in the ledger anyway. */
const LONGEST_LOG = 500;

export function noteScan<Detail>(
  log: SessionLog<Detail>,
  report: ScanReport<Detail>,
  atMs: number,
): SessionLog<Detail> {
  const number = (log[0]?.number ?? 0) + 1;
  const entry = { ...report, number, atMs, isUndone: false, isSettled: false };
  return newestOf([entry, ...log], LONGEST_LOG);
}

/** Notes what a person said about an entry, which is settled by it. */
export function noteAnswer<Detail>(
  log: SessionLog<Detail>,
  entry: LogEntry<Detail>,
  { said, code, title, completesLine, operationId }: RecordedAnswer,
  atMs: number,
): SessionLog<Detail> {
  const number = (log[0]?.number ?? 0) + 1;
  const answered: LogEntry<Detail> = {
    code,
    title,
    completesLine,
    operationId,
    outcome: 'ok',
    detail: entry.detail,
    number,
    atMs,
    isUndone: false,
    isSettled: true,
    answer: { number: entry.number, said },
  };
  return newestOf([answered, ...markSettled(log, entry.number)], LONGEST_LOG);
}

/** What was answered by the entry that is taken back is open again. */
export function markUndone<Detail>(log: SessionLog<Detail>, number: number): SessionLog<Detail> {
  const answered = log.find((entry) => entry.number === number)?.answer?.number;
  return log.map((entry) => {
    if (entry.number === number) return { ...entry, isUndone: true, isSettled: true };
    return entry.number === answered && !entry.isUndone ? { ...entry, isSettled: false } : entry;
  });
}

export function markSettled<Detail>(log: SessionLog<Detail>, number: number): SessionLog<Detail> {
  return log.map((entry) => (entry.number === number ? { ...entry, isSettled: true } : entry));
}

/** What one touch on Undo takes back: the newest entry of this session that recorded something and still stands. */
export function nextToUndo<Detail>(log: SessionLog<Detail>): LogEntry<Detail> | null {
  return log.find((entry) => entry.operationId !== null && !entry.isUndone) ?? null;
}

/** Lamps: how often each outcome came up; what was taken back does not count. */
export function countOutcomes<Detail>(log: SessionLog<Detail>): Readonly<Record<ScanOutcome, number>> {
  const counts = { ok: 0, already: 0, wrong_event: 0, unknown: 0, blocked: 0 };
  for (const entry of log) if (!entry.isUndone) counts[entry.outcome] += 1;
  return counts;
}

/** What still waits for somebody: wrong, unknown and blocked things, newest first. */
export function unsettled<Detail>(log: SessionLog<Detail>): SessionLog<Detail> {
  return log.filter(isUnsettled);
}

/** The newest `count` entries, and before them whatever still waits for somebody: that is never forgotten. */
export function newestOf<Detail>(log: SessionLog<Detail>, count: number): SessionLog<Detail> {
  return log.filter((entry, index) => index < count || isUnsettled(entry));
}

function isUnsettled({ isSettled, outcome }: LogEntry<unknown>): boolean {
  return !isSettled && outcome !== 'ok' && outcome !== 'already';
}

/** Reads back what `JSON.stringify` made of a log; an empty log where the text is none of ours. */
export function parseLog<Detail>(text: string | null): SessionLog<Detail> {
  if (text === null) return [];
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every(isEntry) ? (value as SessionLog<Detail>) : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

function isEntry(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'number' in value &&
    typeof value.number === 'number' &&
    'code' in value &&
    typeof value.code === 'string' &&
    'outcome' in value &&
    scanOutcomes.some((outcome) => outcome === value.outcome)
  );
}
