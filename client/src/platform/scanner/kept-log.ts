import { newestOf, parseLog, type SessionLog } from './session-log.ts';

/** What a reload shows again; the whole truth is in the ledger. */
const KEPT_ENTRIES = 100;

/** A log of yesterday is not this session. */
const KEPT_FOR_MS = 14 * 3_600_000;

const keyOf = (name: string) => `eventkit.scans.${name}`;

export function loadLog<Detail>(
  storage: Pick<Storage, 'getItem'>,
  name: string,
  nowMs: number,
): SessionLog<Detail> {
  const log = parseLog<Detail>(storage.getItem(keyOf(name)));
  return nowMs - (log[0]?.atMs ?? 0) > KEPT_FOR_MS ? [] : log;
}

/** Keeps the log over a reload. Where storage is full it is dropped: it is a comfort, and scans need the room. */
export function keepLog<Detail>(
  storage: Pick<Storage, 'setItem' | 'removeItem'>,
  name: string,
  log: SessionLog<Detail>,
): void {
  try {
    storage.setItem(keyOf(name), JSON.stringify(newestOf(log, KEPT_ENTRIES)));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    storage.removeItem(keyOf(name));
  }
}
