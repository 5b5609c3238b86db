import { sessionOptions } from '@eventkit/database/pool.ts';
import { Client } from 'pg';
import { formatLsn, type Lsn } from './lsn.ts';

/** What the driver has beside its typed surface and a replication connection needs. */
type CopyConnection = {
  readonly stream: { pause(): void; resume(): void };
  on(event: 'copyData', listener: (message: { chunk: Buffer }) => void): void;
  once(event: 'replicationStart', listener: () => void): void;
  sendCopyFromChunk(chunk: Buffer): void;
};

export type WalStreamOptions = {
  readonly url: string;
  readonly slot: string;
  readonly publication: string;
  readonly from: Lsn;
  /** One message of the plug-in and its position. Must not throw. */
  readonly onMessage: (bytes: Buffer) => void;
  /** The server has sent everything up to here. */
  readonly onKeepalive: (sentTo: Lsn) => void;
};

export type WalStream = {
  /** Tells the server that everything up to here is durable and may be forgotten. Never goes back. */
  acknowledge(lsn: Lsn): void;
  pause(): void;
  resume(): void;
  /** Settles when the connection ends; rejects when it was not by `stop`. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
};

/** Which cluster, timeline and database this is: positions of another mean nothing here, nor does its slot. */
export async function identifyCluster(url: string): Promise<string> {
  const client = replicationClient(url);
  await client.connect();
  try {
    const { rows } = await client.query<{ systemid: string; timeline: number | string }>('IDENTIFY_SYSTEM');
    const database = await client.query<{ oid: string }>(
      'SELECT oid::text FROM pg_database WHERE datname = current_database()',
    );
    return `${rows[0]?.systemid}/${rows[0]?.timeline}/${database.rows[0]?.oid}`;
  } finally {
    await client.end();
  }
}

/**
 * Follows the slot. Acknowledgements are sent only for what the caller calls durable: a timer that acknowledges what
 * was merely received loses changes at the next crash. The server's keepalives are answered, or it would hang up.
 */
export async function openWalStream(options: WalStreamOptions): Promise<WalStream> {
  const client = replicationClient(options.url);
  await client.connect();
  const { connection } = client as unknown as { readonly connection: CopyConnection };
  let durable = options.from;
  let isStopping = false;
  const report = () => connection.sendCopyFromChunk(standbyStatus(durable));
  connection.on('copyData', ({ chunk }) => {
    if (chunk[0] === 0x77) options.onMessage(chunk.subarray(25));
    else if (chunk[0] === 0x6b) {
      options.onKeepalive(chunk.readBigUInt64BE(1));
      if (chunk[17] === 1) report();
    }
  });
  const started = new Promise<void>((resolve) => connection.once('replicationStart', resolve));
  const timer = setInterval(report, 10_000);
  const running = client.query(
    `START_REPLICATION SLOT "${options.slot}" LOGICAL ${formatLsn(options.from)}
     (proto_version '1', publication_names '"${options.publication}"', messages 'true')`,
  );
  const ended = new Promise<void>((resolve, reject) => {
    const finish = (error: Error) => (isStopping ? resolve() : reject(error));
    client.on('error', finish);
    client.on('end', () => finish(new Error('the replication connection was closed')));
    running.then(() => finish(new Error('the server ended the replication')), finish);
  }).finally(() => clearInterval(timer));
  await Promise.race([started, ended]);
  return {
    acknowledge(lsn) {
      if (lsn <= durable) return;
      durable = lsn;
      report();
    },
    pause: () => connection.stream.pause(),
    resume: () => connection.stream.resume(),
    ended,
    async stop() {
      isStopping = true;
      clearInterval(timer);
      // A paused or dead socket would never see the end of the conversation.
      (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
      await ended;
    },
  };
}

function replicationClient(url: string): Client {
  const config = {
    connectionString: url,
    options: sessionOptions('owner'),
    application_name: 'eventkit sync replication',
    connectionTimeoutMillis: 10_000,
    replication: 'database',
  };
  const client = new Client(config);
  // One that breaks tells by its failing query as well; unheard, its event would end the process.
  client.on('error', () => undefined);
  return client;
}

const POSTGRES_EPOCH_MS = 946_684_800_000;

function standbyStatus(durable: Lsn): Buffer {
  const message = Buffer.alloc(34);
  message[0] = 0x72;
  message.writeBigUInt64BE(durable, 1);
  message.writeBigUInt64BE(durable, 9);
  message.writeBigUInt64BE(durable, 17);
  message.writeBigInt64BE(BigInt(Date.now() - POSTGRES_EPOCH_MS) * 1000n, 25);
  return message;
}
