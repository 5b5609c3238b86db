import type pg from 'pg';
import { gather } from '#http/gather.ts';
import { findSessions, type Session } from './session-store.ts';

const MOST_AT_ONCE = 200;

/** As `findSession`, for what every call of a page asks: those that come at the same time ask together. */
export function createSessionsById(pool: pg.Pool): (id: string) => Promise<Session | null> {
  return gather((ids) => findSessions(pool, ids), MOST_AT_ONCE);
}
