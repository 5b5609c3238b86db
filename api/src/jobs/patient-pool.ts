import type pg from 'pg';

/** Of graphile-worker's codes the one that says "try again soon": it does, for hours. */
const TRY_AGAIN = 'ETIMEDOUT';

/**
 * `pool`, as graphile-worker may use it. The library tries again only after a few errors, and lets any other end the
 * process where it writes down that a job is done. A database that is restarted or out of reach has more to say: here
 * each such word is one that it tries again after. All that it sends may be sent twice.
 */
export function asPatientPool(pool: pg.Pool): pg.Pool {
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    client.query = ((...args: unknown[]) => {
      const answer = query(...args);
      return answer instanceof Promise
        ? answer.catch((error: unknown) => {
            throw isOfStatement(error) ? error : tryAgain(error);
          })
        : answer;
    }) as typeof client.query;
  });
  // Who passes a callback, as the one that listens, has ways of its own to go on.
  const connect = (callback?: Parameters<pg.Pool['connect']>[0]) => {
    if (callback !== undefined) return pool.connect(callback);
    return pool.connect().catch((error: unknown) => {
      // Where no connection is wanted any more, nothing comes of trying again, and nobody hears an answer: an error would be
      // one that the process ends by.
      if (pool.ending) return new Promise<never>(() => undefined);
      throw tryAgain(error);
    });
  };
  return Object.create(pool, { connect: { value: connect } }) as pg.Pool;
}

/** Words of the server about the statement itself stand; classes 08 and 57 are about the connection. */
function isOfStatement(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^[0-9A-Z]{5}$/.test(code) && !/^(08|57)/.test(code);
}

function tryAgain(error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  return Object.assign(new Error(message, { cause: error }), { code: TRY_AGAIN });
}
