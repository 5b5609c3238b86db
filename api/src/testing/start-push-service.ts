import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export type ReceivedPush = { readonly authorization: string; readonly note: unknown };

/** A browser with its push service: takes what is posted to it over HTTP and decrypts it as a browser does (RFC 8291). */
export type PushService = {
  /** Of the browser, as it hands them out. */
  readonly keys: { readonly p256dh: string; readonly auth: string };
  readonly received: readonly ReceivedPush[];
  /** What it answers; 201 until it is said otherwise. */
  status: number;
  /** fetch, but that every address leads here. */
  readonly fetch: typeof globalThis.fetch;
  stop(): Promise<void>;
};

export async function startPushService(): Promise<PushService> {
  const browser = createECDH('prime256v1');
  const ownPublic = browser.generateKeys();
  const auth = randomBytes(16);
  const received: ReceivedPush[] = [];
  const state = { status: 201 };
  const open = (body: Buffer): unknown => {
    const salt = body.subarray(0, 16);
    const senderPublic = body.subarray(21, 21 + body.readUInt8(20));
    const sealed = body.subarray(21 + senderPublic.length);
    const shared = browser.computeSecret(senderPublic);
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), ownPublic, senderPublic]);
    const secret = Buffer.from(hkdfSync('sha256', shared, auth, info, 32));
    const part = (name: string, length: number) =>
      Buffer.from(hkdfSync('sha256', secret, salt, Buffer.from(`Content-Encoding: ${name}\0`), length));
    const decipher = createDecipheriv('aes-128-gcm', part('aes128gcm', 16), part('nonce', 12));
    decipher.setAuthTag(sealed.subarray(-16));
    const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
    // The last record ends with a 2, and zeros after it.
    return JSON.parse(padded.subarray(0, padded.lastIndexOf(2)).toString());
  };
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      received.push({ authorization: request.headers.authorization ?? '', note: open(body) });
      // Of no matter but to a redirect, which leads here once more.
      response.writeHead(state.status, { location: '/elsewhere' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    keys: { p256dh: ownPublic.toString('base64url'), auth: auth.toString('base64url') },
    received,
    get status() {
      return state.status;
    },
    set status(status) {
      state.status = status;
    },
    fetch: (_address, init) => globalThis.fetch(`http://127.0.0.1:${port}/`, init),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
