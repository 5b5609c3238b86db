import pg from 'pg';

const QUERY_CANCELED = '57014';

/** Whether a statement was ended because its time was up. Looks into what errors were caused by. */
export function isCutOff(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  return (thrown instanceof pg.DatabaseError && thrown.code === QUERY_CANCELED) || isCutOff(thrown.cause);
}
