import pg from 'pg';

/** Connection exceptions, insufficient resources, and PostgreSQL's own words for "going" and "not ready yet". */
const AWAY_CLASSES = ['08', '53'];
const AWAY_CODES = ['57P01', '57P02', '57P03'];
const NETWORK_CODES = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND'];
/** `pg` has no codes for its own troubles with a connection. */
const PG_WORDS =
  /Connection terminated|connection error and is not queryable|timeout exceeded when trying to connect/;

/**
 * Whether something failed because the database is away, be it restarting or out of reach, and not because of what was
 * asked of it: the same question will be answered later. Looks into what errors were caused by.
 */
export function isDatabaseAway(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  const isAway =
    thrown instanceof pg.DatabaseError
      ? AWAY_CLASSES.includes(code.slice(0, 2)) || AWAY_CODES.includes(code)
      : NETWORK_CODES.includes(code) || PG_WORDS.test(thrown.message);
  return isAway || isDatabaseAway(thrown.cause);
}
