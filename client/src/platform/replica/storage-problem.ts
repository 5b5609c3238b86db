/**
 * Why there is no local database.
 * insecure_context: the page came without TLS. no_opfs: the browser has no file storage, or a private window
 * withholds it. full: no room. blocked: another tab holds it and does not let go. broken: anything else.
 */
export type StorageProblem = {
  readonly kind: 'insecure_context' | 'no_opfs' | 'full' | 'blocked' | 'broken';
  /** For the log, in the words of the machine. */
  readonly detail: string;
};

/** True for the errors of SQLite and of browsers that mean: there is no room left. */
export function isStorageFull(error: unknown): boolean {
  const text = error instanceof Error ? `${error.name} ${error.message}` : String(error);
  return /QuotaExceeded|SQLITE_FULL|database or disk is full|ENOSPC|no space left/i.test(text);
}
