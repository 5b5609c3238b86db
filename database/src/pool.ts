import pg from 'pg';
import { OneWriteSocket } from './one-write-socket.ts';
import { pgTypes } from './pg-types.ts';

/** owner: migrations and seeds only. eventkit_app: everything people do. eventkit_sync: reads what replicates.
 * eventkit_jobs: the queue of jobs and nothing else. */
export type DatabaseRole = 'owner' | 'eventkit_app' | 'eventkit_sync' | 'eventkit_jobs';

export type PoolOptions = {
  /** The owner's URL; the role below is taken on before the first statement. */
  readonly url: string;
  readonly role: DatabaseRole;
  /** Connections at most. */
  readonly max: number;
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
  /** Told of a connection that broke while nobody used it; the pool has dropped it. A process warning unless given. */
  readonly onIdleError?: (error: Error) => void;
  /** For a library with statements of its own: values as the driver makes them, one statement after the other. */
  readonly isForLibrary?: boolean;
};

/** Connections whose values arrive as `pgTypes` says, in UTC, as one role. */
export function createPool({
  url,
  role,
  max,
  applicationName,
  onIdleError,
  isForLibrary = false,
}: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    options: sessionOptions(role),
    ...(isForLibrary ? {} : { types: pgTypes }),
    max,
    application_name: applicationName,
    // Statements that do not wait for one another go out at once; `together` waits for them.
    pipeline: !isForLibrary,
    stream: () => new OneWriteSocket(),
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    // A pool never keeps a process alive that has nothing else to do.
    allowExitOnIdle: true,
  });
  // Without a listener a connection that breaks while idle would end the process.
  pool.on('error', onIdleError ?? ((error) => process.emitWarning(error)));
  // One that breaks while in use tells by its failing query as well; unheard, its event would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** The startup option of a connection for one role, for those who need a connection outside a pool. */
export function sessionOptions(role: DatabaseRole): string {
  const settings = [
    'TimeZone=UTC',
    'DateStyle=ISO',
    'jit=off',
    ...(role === 'owner' ? [] : [`role=${role}`]),
  ];
  return settings.map((setting) => `-c ${setting}`).join(' ');
}
