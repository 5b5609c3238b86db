import type { Replica } from '@eventkit/client/platform/replica/replica.ts';
import { rawTableStatements } from '@eventkit/shared/schema/device-ddl.ts';
import { type SyncedTableName, syncedTables } from '@eventkit/shared/schema/synced-tables.ts';
import type { Life } from './life.ts';
import type { VirtualDisk } from './virtual-disk.ts';
import type { DiskAccess, Statements } from './virtual-replica.ts';

export type SyncedRow = Readonly<Record<string, unknown>> & { readonly id: string };

/** A row as it is now, or that it is gone. */
export type Change = { readonly table: SyncedTableName; readonly id: string; readonly row: SyncedRow | null };

/** What a device gets at once, all of it or nothing: everything that changed since what it has. */
export type Checkpoint = {
  readonly generation: number;
  readonly position: number;
  /** True where the server copied everything anew: rows that are not among the changes are gone. */
  readonly isWhole: boolean;
  readonly changes: readonly Change[];
};

export type StreamRequest = {
  readonly token: string;
  readonly generation: number;
  readonly position: number;
};

/** The other end of the download, with the network in between. */
export type StreamSource = {
  /** Rejects where no stream comes about: no network, or the token is not taken. Returns how to hang up. */
  open(
    request: StreamRequest,
    stream: { take(checkpoint: Checkpoint): Promise<void>; broke(): void },
  ): Promise<() => void>;
};

export type DownloadParts = {
  readonly disk: DiskAccess;
  /** For what SQLite keeps of the download itself. */
  readonly readDisk: VirtualDisk;
  readonly life: Life;
  readonly source: StreamSource;
  readonly random: () => number;
};

type Connector = Parameters<Replica['connect']>[0];
type Credentials = Awaited<ReturnType<Connector['fetchCredentials']>>;
type Progress = { readonly generation: number; readonly position: number; readonly is_complete: number };

const NOTHING_YET: Progress = { generation: 0, position: 0, is_complete: 0 };

/** A model of PowerSync's download: one stream, whole checkpoints, one SQLite transaction for each part of one. */
export function createVirtualDownload({ disk, readDisk, life, source, random }: DownloadParts) {
  const listeners = new Set<{ statusChanged?: () => void }>();
  let credentials: Credentials = null;
  let streamNumber = 0;
  let hangUp: (() => void) | null = null;
  let isConnected = false;
  let lastSyncedAt: Date | undefined;
  let progress = readProgress(readDisk);

  const tell = () => {
    for (const listener of [...listeners]) listener.statusChanged?.();
  };
  const setConnected = (next: boolean) => {
    if (isConnected === next) return;
    isConnected = next;
    tell();
  };

  const take = async (checkpoint: Checkpoint): Promise<void> => {
    const before = progress;
    const parts = before.is_complete === 1 ? [checkpoint.changes] : byPriority(checkpoint.changes);
    for (const [index, changes] of parts.entries()) {
      const isLast = index === parts.length - 1;
      await disk.writeTransaction(async (tx) => {
        if (checkpoint.isWhole && isLast) await removeOthers(tx, checkpoint.changes);
        for (const change of changes) await put(tx, change);
        if (isLast) await writeProgress(tx, checkpoint);
      });
    }
    const { generation, position } = checkpoint;
    progress = { generation, position, is_complete: 1 };
    lastSyncedAt = new Date(0);
    tell();
  };

  /** Resolves when the stream has ended, for whatever reason. */
  const runStream = async (connector: Connector, isCurrent: () => boolean): Promise<void> => {
    credentials ??= await connector.fetchCredentials();
    if (credentials === null) throw new Error('not signed in');
    if (!isCurrent()) return;
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const { generation, position } = progress;
    const hangUpThis = await source.open(
      { token: credentials.token, generation, position },
      {
        take: (checkpoint) => (isCurrent() ? take(checkpoint) : life.forever()),
        broke: () => end(),
      },
    );
    if (!isCurrent()) return hangUpThis();
    hangUp = () => {
      hangUpThis();
      end();
    };
    setConnected(true);
    await ended;
  };

  const follow = async (connector: Connector, retryDelayMs: number) => {
    streamNumber += 1;
    const own = streamNumber;
    const isCurrent = () => own === streamNumber && !life.isOver();
    while (isCurrent()) {
      try {
        await runStream(connector, isCurrent);
      } catch {
        // As the SDK does: whatever it was, a new token and another try.
      }
      if (!isCurrent()) return;
      credentials = null;
      hangUp = null;
      setConnected(false);
      await life.wait(retryDelayMs * (0.9 + random() * 0.2));
    }
  };
  const disconnect = () => {
    streamNumber += 1;
    hangUp?.();
    hangUp = null;
    credentials = null;
    setConnected(false);
  };

  return {
    connect(connector: Connector, { retryDelayMs = 5_000 } = {}): Promise<void> {
      disconnect();
      void follow(connector, retryDelayMs);
      return Promise.resolve();
    },
    disconnect(): Promise<void> {
      disconnect();
      return Promise.resolve();
    },
    registerListener(listener: { statusChanged?: () => void }): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    status: () => ({
      connected: isConnected,
      hasSynced: progress.is_complete === 1,
      lastSyncedAt,
      downloadProgress: null,
      statusForPriority: () => ({ hasSynced: progress.is_complete === 1 }),
    }),
  };
}

export function readProgress(disk: Pick<VirtualDisk, 'all'>): Progress {
  const [row] = disk.all('SELECT generation, position, is_complete FROM simulated_download', []);
  return (row as Progress | undefined) ?? NOTHING_YET;
}

async function writeProgress(tx: Statements, { generation, position }: Checkpoint): Promise<void> {
  await tx.execute(
    'INSERT INTO simulated_download (id, generation, position, is_complete) VALUES (1, ?, ?, 1) ' +
      'ON CONFLICT (id) DO UPDATE SET generation = excluded.generation, position = excluded.position, is_complete = 1',
    [generation, position],
  );
}

/** As in sync-config.yaml: what says where and what things are first, then all that operations change, at once. */
function byPriority(changes: readonly Change[]): readonly (readonly Change[])[] {
  const isUrgent = ({ table }: Change) => !syncedTables[table].isBulk;
  return [changes.filter(isUrgent), changes.filter((change) => !isUrgent(change))];
}

const statements = Object.fromEntries(
  (Object.keys(syncedTables) as SyncedTableName[]).map((name) => {
    const { put: putStatement, delete: deleteStatement } = rawTableStatements(name);
    return [name, { put: putStatement, delete: deleteStatement }];
  }),
) as Record<SyncedTableName, Pick<ReturnType<typeof rawTableStatements>, 'put' | 'delete'>>;

async function put(tx: Statements, { table, id, row }: Change): Promise<void> {
  const { put: putStatement, delete: deleteStatement } = statements[table];
  if (row === null) {
    await tx.execute(deleteStatement.sql, [id]);
    return;
  }
  const params = putStatement.params.map((param) => (param === 'Id' ? id : (row[param.Column] ?? null)));
  await tx.execute(putStatement.sql, params);
}

async function removeOthers(tx: Statements, changes: readonly Change[]): Promise<void> {
  for (const table of Object.keys(syncedTables)) {
    const ids = changes.filter((change) => change.table === table).map(({ id }) => id);
    await tx.execute(`DELETE FROM ${table} WHERE id NOT IN (SELECT value FROM json_each(?))`, [
      JSON.stringify(ids),
    ]);
  }
}
