import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import {
  type ClusterFolder,
  keepPassword,
  prepareClusterFolder,
  rememberedPort,
  rememberPort,
} from './cluster-folder.ts';
import { findFreePort, isPortTaken } from './free-port.ts';
import { initialiseCluster, OWNER_NAME } from './initialise-cluster.ts';
import { findServerAccount } from './postgres-account.ts';
import { prepareBinaries } from './postgres-binaries.ts';
import { type PostmasterPid, readPostmasterPid, removePostmasterPid } from './postmaster-pid.ts';
import { runPostmaster } from './run-postmaster.ts';
import { isAlive, mayBePostgres, stopServer } from './server-process.ts';

export type EmbeddedPostgresOptions = {
  /** Made where it is missing. Password, port, log and cluster lie in it. */
  readonly dataDir: string;
  /** 0 or absent: the port of the last start, or else a free one. */
  readonly port?: number;
  /** Settings of postgresql.conf beside ours. A server that is adopted keeps those it runs with. */
  readonly settings?: Readonly<Record<string, string>>;
};

export type EmbeddedPostgres = {
  /** Of the superuser, for the database `eventkit`. Holds the password. */
  readonly ownerUrl: string;
  readonly port: number;
  readonly pid: number;
  /** True where the server was running already, e.g. because its starter was killed. */
  readonly wasAdopted: boolean;
  /** Stops the server, adopted or not. */
  stop(): Promise<void>;
};

/** The port asked for belongs to something else; nothing was started. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
  readonly port: number;
  constructor(port: number) {
    super(`port ${port} is taken by another program: stop that, or choose another port`);
    this.port = port;
  }
}

const DATABASE_NAME = 'eventkit';
const GIVE_UP_AFTER_MS = 150_000;

/**
 * Starts a real PostgreSQL 18 of the installed binaries on 127.0.0.1, or adopts the one that runs on this folder.
 * Several processes may call it at once for one folder: one starts the server, the others adopt it.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const account = findServerAccount();
  const folder = prepareClusterFolder(options.dataDir, account);
  const binaries = prepareBinaries(folder.dataDir, account);
  const password = keepPassword(folder);
  await initialiseCluster(binaries, folder, account, password);

  const givenUpAt = performance.now() + GIVE_UP_AFTER_MS;
  while (performance.now() < givenUpAt) {
    const running = await findRunning(folder, options.port ?? 0, givenUpAt);
    if (running !== null) {
      const adopted = await tryToDescribe(running, password);
      if (adopted !== null) return adopted;
      continue;
    }
    const port = await choosePort(folder, options.port ?? 0);
    const outcome = await runPostmaster(binaries, folder, account, {
      ...SETTINGS,
      ...options.settings,
      port: String(port),
    });
    switch (outcome.tag) {
      case 'ready':
        rememberPort(folder, port);
        return describe({ pid: outcome.pid, port, isReady: true }, password, false);
      case 'failed':
        throw new Error(`PostgreSQL did not start: ${outcome.log}`);
      case 'port_taken':
        if (options.port) throw new PortTakenError(options.port);
        break;
      case 'already_running':
      case 'old_children':
        await wait(50);
    }
  }
  throw new Error(`PostgreSQL did not start within ${GIVE_UP_AFTER_MS} ms, see ${folder.logPath}`);
}

const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  // Sockets in /tmp are open to every user of the machine.
  ...(process.platform === 'win32' ? {} : { unix_socket_directories: '' }),
  wal_level: 'logical',
  max_connections: '200',
  max_wal_senders: '20',
  max_replication_slots: '20',
  // A reader that has died must not fill the disk: past this its slot is lost, and it starts again from a snapshot.
  max_slot_wal_keep_size: '4GB',
  shared_buffers: '256MB',
};

/** A server that runs on this folder and may be used as it is; a server on another port than asked is stopped. */
async function findRunning(
  folder: ClusterFolder,
  askedPort: number,
  givenUpAt: number,
): Promise<PostmasterPid | null> {
  while (performance.now() < givenUpAt) {
    const said = readPostmasterPid(folder.clusterDir);
    if (said === null) return null;
    if (!isAlive(said.pid) || !mayBePostgres(said.pid)) {
      removePostmasterPid(folder.clusterDir, said.pid);
      return null;
    }
    if (said.isReady) {
      if (askedPort === 0 || said.port === askedPort) return said;
      await stopServer(said.pid);
    }
    await wait(20);
  }
  throw new Error(`the server on ${folder.clusterDir} neither starts nor stops, see ${folder.logPath}`);
}

async function choosePort(folder: ClusterFolder, askedPort: number): Promise<number> {
  if (askedPort !== 0) {
    if (await isPortTaken(askedPort)) throw new PortTakenError(askedPort);
    return askedPort;
  }
  const last = rememberedPort(folder);
  return last !== null && !(await isPortTaken(last)) ? last : findFreePort();
}

/** Null where the server went while we looked at it: it was being killed or stopped. */
async function tryToDescribe(server: PostmasterPid, password: string): Promise<EmbeddedPostgres | null> {
  try {
    return await describe(server, password, true);
  } catch (error) {
    if (!IS_GOING.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    await wait(20);
    return null;
  }
}

/** Connection errors, and PostgreSQL's own words for "shutting down" and "not ready". */
const IS_GOING: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  '57P01',
  '57P02',
  '57P03',
]);

async function describe(
  server: PostmasterPid,
  password: string,
  wasAdopted: boolean,
): Promise<EmbeddedPostgres> {
  const urlOf = (name: string) => `postgres://${OWNER_NAME}:${password}@127.0.0.1:${server.port}/${name}`;
  await makeDatabase(urlOf('postgres'));
  return {
    ownerUrl: urlOf(DATABASE_NAME),
    port: server.port,
    pid: server.pid,
    wasAdopted,
    stop: () => stopServer(server.pid),
  };
}

async function makeDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE_NAME]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE_NAME}`);
  } catch (error) {
    // Another process made it between the two statements.
    if (!['42P04', '23505'].includes((error as pg.DatabaseError).code ?? '')) throw error;
  } finally {
    await client.end();
  }
}
