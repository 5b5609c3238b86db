import { sessionOptions } from '@eventkit/database/pool.ts';
import { Client } from 'pg';
import type { Logger } from 'pino';
import type { SyncPlan } from '#config/sync-plan.ts';
import type { Oplog, OpReader } from '#oplog/oplog.ts';
import type { SyncSchema } from '#oplog/oplog-store.ts';
import type { Lsn } from './lsn.ts';

export type ReplicationPhase = 'starting' | 'copying' | 'following' | 'waiting' | 'stopped';

/** What clients are given: by which configuration, and where it is kept. */
export type Serving = {
  readonly plan: SyncPlan;
  readonly schema: SyncSchema;
  /** It is what there was: something newer is being copied, and takes its place when it is whole. */
  readonly isStill: boolean;
};

export type ReplicationEvents = {
  /** From now on. */
  onServing(serving: Serving): void;
  /** Positions told before are of another cluster and mean nothing any more. */
  onOtherCluster(): void;
  onPhase(phase: ReplicationPhase): void;
  onCopied(rowCount: number): void;
  /** Rows of superseded operations are gone. */
  onMerged(rowCount: number): void;
  onBatch(batch: { readonly rowCount: number; readonly committedAtMs: number | null }): void;
  /** What came of these operations is served from now on. */
  onOperations?(ids: ReadonlySet<string>, committedAtMs: number): void;
  /** Everything up to here is served. */
  onPosition(lsn: Lsn): void;
};

export type ReplicationOptions = {
  readonly ownerUrl: string;
  readonly plan: SyncPlan;
  readonly configText: string;
  readonly publication: string;
  readonly oplog: Oplog;
  readonly readRange: (schema: SyncSchema, nameOfTable: (id: number) => string) => OpReader;
  readonly logger: Logger;
  readonly events: ReplicationEvents;
  /** How often the publication and the tables are looked at, in milliseconds. */
  readonly watchEveryMs?: number;
};

/** One life of the connections: it ends with the first of them that breaks, and the next one begins anew. */
export type Session = {
  readonly options: ReplicationOptions;
  /** May replicate and look at everything. */
  readonly owner: Client;
  /** Writes what the sync server keeps, and holds the writer's lock. */
  readonly db: Client;
  /** Reads the tables while they are copied, and merges what is superseded while the log is followed. */
  readonly source: Client;
  readonly enter: (phase: ReplicationPhase) => void;
  readonly signal: AbortSignal;
  /** Rejects when a connection breaks, resolves when the session shall end. */
  readonly until: Promise<void>;
};

/** How long an orderly end may take before the connections are cut. */
const patienceMs = 2000;

/** Connects, runs `use`, and leaves nothing behind: no connection, timer or listener. */
export async function withSession(
  options: ReplicationOptions,
  enter: (phase: ReplicationPhase) => void,
  signal: AbortSignal,
  use: (session: Session) => Promise<void>,
): Promise<void> {
  enter('starting');
  const connect = (name: string, settings: string) =>
    new Client({
      connectionString: options.ownerUrl,
      options: settings,
      application_name: `eventkit sync ${name}`,
      connectionTimeoutMillis: 10_000,
    });
  const owner = connect('owner', `${sessionOptions('owner')} -c synchronous_commit=on`);
  // Fresh tables have no statistics yet; the right way to these rows is always the index.
  const byIndex = `${sessionOptions('eventkit_sync')} -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off`;
  const db = connect('writer', `${byIndex} -c synchronous_commit=on`);
  const source = connect('copy', byIndex);
  const clients = [owner, db, source];
  const until = Promise.withResolvers<void>();
  until.promise.catch(() => undefined);
  for (const client of clients) {
    client.on('error', until.reject);
    client.on('end', () => until.reject(new Error('the connection to the database was closed')));
  }
  const close = () => Promise.allSettled(clients.map((client) => client.end()));
  // A statement can wait for long, e.g. the making of a slot for every transaction that runs.
  let patience: NodeJS.Timeout | undefined;
  const onAbort = () => {
    until.resolve();
    patience = setTimeout(() => void close(), patienceMs);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    for (const client of clients) await client.connect();
    await use({ options, owner, db, source, enter, signal, until: until.promise });
  } finally {
    signal.removeEventListener('abort', onAbort);
    clearTimeout(patience);
    await close();
  }
}
