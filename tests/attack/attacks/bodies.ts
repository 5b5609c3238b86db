import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Attack, Findings } from '#attack/attack.ts';
import { sendRaw, statusesOf } from '#attack/raw-request.ts';
import { findRpcs } from '#attack/rpcs.ts';
import { ask, call, faultOf, type Target } from '#attack/target.ts';

const MB = 1024 * 1024;

/** Bodies that are too large, too deep or not what they say. */
export const heavyBodies: Attack = {
  name: 'oversized, deep and packed bodies',
  lacks: () => null,
  async run({ target, findings }) {
    const deep = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);
    const bodies: readonly (readonly [
      what: string,
      body: string | Uint8Array<ArrayBuffer>,
      headers?: Record<string, string>,
    ])[] = [
      ['40 MB of a text', `{"pageToken":"${'a'.repeat(40 * MB)}"}`],
      ['lists, 100,000 deep', deep(100_000, '[', ']')],
      ['objects, 100,000 deep', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
      ['a million names', `{${Array.from({ length: 1_000_000 }, (_, place) => `"n${place}":0`).join(',')}}`],
      ['a number of a million digits', `{"pageSize":${'9'.repeat(1_000_000)}}`],
      ['nothing', ''],
      ['bytes that are no text', new Uint8Array([0xff, 0xfe, 0x00, 0xd8])],
      ['a list', '[]'],
      ['200 MB packed', new Uint8Array(gzipSync(Buffer.alloc(200 * MB, 97))), { 'content-encoding': 'gzip' }],
      ['what is not packed', 'no gzip', { 'content-encoding': 'gzip' }],
      ['an unknown packing', '{}', { 'content-encoding': 'compress' }],
      ['the prototype', '{"__proto__":{"pageSize":1},"constructor":{"prototype":{}}}'],
    ];
    for (const { name } of await findRpcs()) {
      for (const [what, body, headers = {}] of bodies) {
        // The largest once are enough: all RPCs read in the same way.
        if (body.length > MB && !/ListAssets|Push$/.test(name)) continue;
        findings.tried();
        const answer = await ask(`${target.url}/${name}`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            authorization: `Bearer ${target.admin.token}`,
            ...headers,
          },
          body,
        }).catch((error: unknown) => ({ status: 0, headers: new Headers(), text: String(error), ms: 0 }));
        const fault = faultOf(answer);
        if (fault !== null) findings.breach(`${name}: ${what}`, fault);
        if (body.length > 33 * MB && answer.status === 200) findings.breach(`${name}: ${what}`, 'was taken');
      }
    }
    const manyHeaders = Array.from({ length: 3000 }, (_, place) => `x-${place}: y`).join('\r\n');
    for (const lines of [manyHeaders, `x: ${'y'.repeat(100_000)}`, `cookie: ${'a=b;'.repeat(20_000)}`]) {
      findings.tried();
      const [status] = statusesOf(
        await sendRaw(target.url, `GET /health HTTP/1.1\r\nhost: x\r\n${lines}\r\n\r\n`),
      );
      if (status === undefined || status === 200 || status >= 500)
        findings.breach(`headers of ${lines.length} bytes`, `${status}`);
    }
    await mustBeWell(target, findings, 'after heavy bodies');
  },
};

const CONNECTIONS = 80;

/** Clients that never come to an end: of their headers, and of bodies that nobody asked for. */
export const slowClients: Attack = {
  name: 'slow headers and bodies',
  lacks: () => null,
  async run({ target, findings }) {
    const rpc = 'POST /eventkit.v1.SyncService/Push HTTP/1.1\r\nhost: x\r\ncontent-type: application/json';
    const starts = [
      ['first bytes that do not come', ''],
      ['headers without end', 'GET /health HTTP/1.1\r\nhost: x\r\n'],
      ['a body of nobody', `${rpc}\r\ncontent-length: 30000000\r\n\r\n{`],
      ['a chunked body of nobody', `${rpc}\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{\r\n`],
    ] as const;
    const clients = starts.flatMap(([what, start]) =>
      Array.from({ length: CONNECTIONS / starts.length }, () => ({ what, ...drip(target.url, start) })),
    );
    const until = performance.now() + target.cutWithinMs;
    while (performance.now() < until && clients.some(({ isDone }) => !isDone())) {
      await mustBeWell(target, findings, 'beside slow clients');
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
    for (const { what, isDone, close } of clients) {
      findings.tried();
      if (!isDone()) findings.breach(what, `was still listened to after ${target.cutWithinMs} ms`);
      close();
    }
  },
};

/** Sends a byte a second after `start`; done when it was answered or cut off. */
function drip(url: string, start: string): { isDone(): boolean; close(): void } {
  const { hostname, port } = new URL(url);
  let isDone = false;
  const socket: Socket = connect(Number(port || 80), hostname, () => socket.write(start));
  const timer = setInterval(() => start !== '' && socket.writable && socket.write('x'), 1000);
  const finish = () => {
    isDone = true;
    clearInterval(timer);
  };
  socket.on('data', finish).on('close', finish).on('error', finish);
  return {
    isDone: () => isDone,
    close() {
      finish();
      socket.destroy();
    },
  };
}

async function mustBeWell(target: Target, findings: Findings, when: string): Promise<void> {
  findings.tried();
  const { status, text, ms } = await call(target, 'eventkit.v1.AuthService/GetMe', {
    token: target.admin.token,
  });
  if (status !== 200) findings.breach(`GetMe ${when}`, `${status} ${text.slice(0, 200)}`);
  if (ms > 5000) findings.breach(`GetMe ${when}`, `waited ${Math.round(ms)} ms`);
}
