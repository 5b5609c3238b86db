import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RawReader } from '#testing/raw-reader.ts';
import { checkpointsOf, dataOf } from '#testing/read-lines.ts';
import { eventually } from '#testing/running-sync-server.ts';
import { SyncStage } from '#testing/sync-stage.ts';
import { insertAssets } from '#testing/test-tenant.ts';

const CROWD = 40;
const HEARD_WITHIN_MS = 10_000;
/** 4 MB were seen after seventeen crowds. */
const MOST_GROWTH_BYTES = 12 * 2 ** 20;

let stage: SyncStage;
let good: RawReader;
let quietBytes: number;
let names: readonly string[];
let head: number;
let marks = 0;

beforeAll(async () => {
  stage = await SyncStage.create();
  await insertAssets(stage.db, stage.tenant, 51, 20_000);
  await stage.start({ limits: { endGraceMs: 300, keepaliveMs: 200, connections: CROWD + 2 } });
  good = await stage.drained();
  const [first] = checkpointsOf(good.lines);
  names = first?.buckets.map(({ bucket }) => bucket) ?? [];
  head = Number(first?.last_op_id);
  // Everything that is cached is cached before it is weighed.
  for (const encoding of ['identity', 'gzip', 'zstd']) (await stage.drained({ encoding })).close();
  await untilAlone();
  // The first crowd of all grows what is made once for many: pools, plans, compiled code.
  await letLoose(leaveInTheMiddle);
  quietBytes = await weigh();
});

afterAll(() => stage.close());

/** On a connection of its own, which is closed when the others are done. */
type Misbehaviour = (socket: Socket, index: number) => Promise<void> | void;

const leaveInTheMiddle: Misbehaviour = async (socket) => {
  socket.write(ask('{}'));
  await answered(socket);
  socket.destroy();
};

const crowds: Readonly<Record<string, Misbehaviour>> = {
  'that leaves in the middle of the answer': leaveInTheMiddle,
  'that leaves before the answer': (socket) => {
    socket.write(ask('{}'), () => socket.destroy());
  },
  'that resets the connection under the answer': async (socket) => {
    socket.write(ask('{}'));
    await answered(socket);
    socket.resetAndDestroy();
  },
  'that leaves in the middle of its body': (socket) => {
    socket.write(`${headOf(500)}{"buckets":[`, () => socket.destroy());
  },
  'that sends its body drop by drop': async (socket) => {
    socket.write(headOf(100_000));
    for (let drop = 0; drop < 20; drop += 1) await write(socket, ' ');
  },
  'that sends its head drop by drop': async (socket) => {
    for (const letter of 'POST /sync/stream HTTP/1.1') await write(socket, letter);
  },
  'that never reads': (socket) => {
    socket.pause();
    socket.write(ask('{}'));
  },
  'that reads a little at a time': async (socket) => {
    socket.pause();
    socket.write(ask('{}', 'accept-encoding: gzip\r\n'));
    for (let sip = 0; sip < 20; sip += 1) {
      await happened(socket, 'readable');
      socket.read(1);
    }
  },
  'that stands somewhere in the middle, by numbers of its own': async (socket, index) => {
    const buckets = names.map((name) => ({ name, after: String(Math.floor((head * index) / CROWD)) }));
    socket.write(ask(JSON.stringify({ buckets })));
    await answered(socket);
  },
  'that is ahead of everything': async (socket) => {
    const buckets = names.map((name) => ({ name, after: '9007199254740991' }));
    socket.write(ask(JSON.stringify({ buckets })));
    await answered(socket);
  },
  'that names ten thousand buckets': async (socket, index) => {
    const buckets = Array.from({ length: 10_000 }, (_, at) => ({ name: `${index}#${at}`, after: '1' }));
    socket.write(ask(JSON.stringify({ buckets })));
    await answered(socket);
  },
  'with parameters as large as a body may be': async (socket) => {
    socket.write(ask(JSON.stringify({ parameters: { text: 'x'.repeat(1_000_000) } })));
    await answered(socket);
  },
  'that asks for thousands of streams that there are not': async (socket) => {
    const subscriptions = Array.from({ length: 1000 }, (_, at) => ({ stream: `none ${at}` }));
    socket.write(ask(JSON.stringify({ streams: { subscriptions } })));
    await answered(socket);
  },
  'of other codings than there are, and a coded body': async (socket, index) => {
    const encodings = ['gzip;q=x, *;q=0', 'br, compress', ',,,;;;q', '\u00ff'];
    socket.write(
      ask('\x1f\x8b\x08garbage', `content-encoding: gzip\r\naccept-encoding: ${encodings[index % 4]}\r\n`),
      'latin1',
    );
    await answered(socket);
  },
  'that speaks something else': async (socket, index) => {
    const words = [
      '\x16\x03\x01\x02\x00\x01\x00',
      'GET / HTTP/9.9\r\n\r\n',
      '\0'.repeat(5000),
      'PRI * HTTP/2.0',
    ];
    // To some of it there is no answer: the connection waits for more until it is too old.
    await write(socket, `${words[index % words.length]}\r\n\r\n`);
  },
  'with a head that is too large': async (socket) => {
    socket.write(
      `POST /sync/stream HTTP/1.1\r\nhost: x\r\nauthorization: Token ${'x'.repeat(100_000)}\r\n\r\n`,
    );
    await answered(socket);
  },
  'that asks ten times at once on one connection': async (socket) => {
    socket.write(ask('{').repeat(10));
    await answered(socket);
  },
};

test.each(Object.entries(crowds))(
  '[SY28] [SY19] a crowd %s harms nobody else, and leaves nothing behind',
  async (_, misbehave) => {
    await letLoose(misbehave);
    expect((await weigh()) - quietBytes).toBeLessThan(MOST_GROWTH_BYTES);
  },
);

/** Meanwhile and afterwards, changes reach the client that does nothing wrong, and in the end it is alone again. */
async function letLoose(misbehave: Misbehaviour): Promise<void> {
  const { port, hostname } = new URL(stage.running.url);
  const sockets: Socket[] = [];
  const crowd = Array.from({ length: CROWD }, async (_, index) => {
    const socket = connect(Number(port), hostname);
    sockets.push(socket);
    socket.on('error', () => undefined);
    // What comes is thrown away, unless somebody decides not to take it.
    socket.resume();
    await once(socket, 'connect');
    await misbehave(socket, index);
  });
  const heard = hear();
  await Promise.allSettled(crowd);
  await heard;
  await hear();
  for (const socket of sockets) socket.destroy();
  await untilAlone();
  await hear();
}

/** A change is made and reaches the client that does nothing wrong. */
async function hear(): Promise<void> {
  marks += 1;
  const mark = `mark ${marks}.`;
  await stage.mark(1, mark);
  await eventually(
    () => dataOf(good.lines.slice(-20)).some((op) => op.data?.includes(mark)),
    'the change at the client that does nothing wrong',
    HEARD_WITHIN_MS,
  );
}

async function untilAlone(): Promise<void> {
  await eventually(async () => (await metric('eventkit_sync_connections')) === 1, 'all others to be gone');
}

async function metric(name: string): Promise<number> {
  const found = await stage.running.registry.getSingleMetric(name)?.get();
  return found?.values[0]?.value ?? Number.NaN;
}

function headOf(length: number, more = ''): string {
  return `POST /sync/stream HTTP/1.1\r\nhost: x\r\nauthorization: Token ${stage.token()}\r\ncontent-length: ${length}\r\n${more}\r\n`;
}

function ask(body: string, more = ''): string {
  return headOf(Buffer.byteLength(body, 'latin1'), more) + body;
}

/** Something came, or the other end has had enough. */
const answered = (socket: Socket) => happened(socket, 'data');

async function happened(socket: Socket, event: 'data' | 'readable'): Promise<void> {
  const over = new AbortController();
  const { signal } = over;
  await Promise.race([once(socket, event, { signal }), once(socket, 'close', { signal })]);
  over.abort();
}

function write(socket: Socket, text: string): Promise<void> {
  return new Promise((resolve) => socket.write(text, () => resolve()));
}

/** The heap and what it holds on to, without the lines cached for everybody, when all that can go has gone. */
async function weigh(): Promise<number> {
  setFlagsFromString('--expose_gc');
  const collect = runInNewContext('gc') as () => void;
  // What is finalised in one round is free in the next.
  for (let round = 0; round < 3; round += 1) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external - (await metric('eventkit_sync_cached_bytes'));
}
