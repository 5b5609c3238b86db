import { importJWK, type JWK, SignJWT } from 'jose';
import { encryptPush } from './encrypt-push.ts';
import type { PushAddress } from './push-store.ts';

/** What the service worker of the app shows; client/public/push.js reads it. */
export type PushNote = {
  /** Of the notification: what is pushed twice is shown once. */
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly language: string;
  /** Where a touch leads, within the app. */
  readonly path: string;
};

/** sent: the push service has it. gone: nobody is at this address any more. failed: it may work later. */
export type PushOutcome = 'sent' | 'gone' | 'failed';

export type Pusher = {
  send(to: PushAddress, note: PushNote): Promise<PushOutcome>;
};

const TIMEOUT_MS = 5000;
const KEPT_S = 24 * 3600;

/**
 * Sends encrypted for the browser (RFC 8291), signed with the key of this installation (RFC 8292). The push service sees
 * where it goes and how long it is. No redirect is followed, and nothing of an answer is read but its status.
 */
export function createPusher({
  key,
  publicUrl,
  fetch = globalThis.fetch,
}: {
  /** A private ES256 key. */
  readonly key: JWK;
  readonly publicUrl: URL;
  readonly fetch?: typeof globalThis.fetch;
}): Pusher {
  const publicKey = pushKeyOf(key);
  const contact = publicUrl.protocol === 'https:' ? publicUrl.origin : `mailto:push@${publicUrl.hostname}`;
  return {
    async send({ endpoint, p256dh, auth }, note) {
      try {
        const token = await new SignJWT({})
          .setProtectedHeader({ alg: 'ES256', typ: 'JWT' })
          .setAudience(new URL(endpoint).origin)
          .setSubject(contact)
          .setExpirationTime('12h')
          .sign(await importJWK(key, 'ES256'));
        const { status } = await fetch(endpoint, {
          method: 'POST',
          headers: {
            authorization: `vapid t=${token}, k=${publicKey}`,
            'content-encoding': 'aes128gcm',
            'content-type': 'application/octet-stream',
            ttl: String(KEPT_S),
          },
          body: encryptPush(JSON.stringify(note), { p256dh, auth }),
          redirect: 'error',
          signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        if (status === 404 || status === 410) return 'gone';
        return status >= 200 && status < 300 ? 'sent' : 'failed';
      } catch {
        return 'failed';
      }
    },
  };
}

/** The public half as browsers take it: an uncompressed point in base64url. */
export function pushKeyOf({ x, y }: JWK): string {
  if (x === undefined || y === undefined) throw new TypeError('no point of P-256');
  const coordinates = [x, y].map((one) => Buffer.from(one, 'base64url'));
  return Buffer.concat([Buffer.of(4), ...coordinates]).toString('base64url');
}
