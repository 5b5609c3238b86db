import { sessionOptions } from '@eventkit/database/pool.ts';
import { Client } from 'pg';
import type { Logger } from 'pino';
import type { OpenStream } from '#download/sync-streams.ts';
import { takeWriterLock } from '#replication/replication-state.ts';
import { dropOurSlots } from '#replication/slot.ts';
import type { SyncServer } from './start-sync-server.ts';

export type StreamServer = Pick<SyncServer, 'handle' | 'health' | 'stop'> & {
  /** Null where another service has the streams: nobody here knows of them. */
  hasStream(of: { readonly tenantId: string; readonly deviceId: string }): boolean | null;
  openStreams(): readonly OpenStream[] | null;
};

/**
 * Takes the sync server's place where another service, e.g. the official one, has taken over the streams: nothing is
 * followed or answered here, and the slot is given up, as nobody would ever read what it holds back. What is kept stays,
 * so that a server that is started again later copies the differences only.
 */
export async function standBy(options: {
  readonly ownerUrl: string;
  readonly logger: Pick<Logger, 'warn'>;
}): Promise<StreamServer> {
  const db = new Client({
    connectionString: options.ownerUrl,
    options: sessionOptions('owner'),
    application_name: 'eventkit sync standing by',
  });
  db.on('error', () => undefined);
  await db.connect();
  try {
    if (await takeWriterLock(db)) await dropOurSlots(db);
    else
      options.logger.warn(
        'another EventKit still serves streams from this database; its slot stays, and holds the log while it is stopped',
      );
  } finally {
    await db.end();
  }
  return {
    handle: () => false,
    health: () => ({ status: 'ok', problems: [] }),
    hasStream: () => null,
    openStreams: () => null,
    stop: () => Promise.resolve(),
  };
}
