import { createCipheriv, createECDH, type ECDH, hkdfSync, randomBytes } from 'node:crypto';

const RECORD_BYTES = 4096;

/** Of a browser, as it hands them out: base64url. */
export type BrowserKeys = {
  /** Its public key, an uncompressed point of P-256. */
  readonly p256dh: string;
  /** 16 bytes that it shares with us alone. */
  readonly auth: string;
};

/** Fresh for each message: a key pair of P-256 and 16 random bytes. */
export type FreshKeys = { readonly sender: ECDH; readonly salt: Buffer };

/** A message for one browser, as one record of aes128gcm (RFC 8188) under the keys of RFC 8291. */
export function encryptPush(
  text: string,
  browser: BrowserKeys,
  { sender, salt }: FreshKeys = freshKeys(),
): Buffer<ArrayBuffer> {
  const senderPublic = sender.getPublicKey();
  const browserPublic = Buffer.from(browser.p256dh, 'base64url');
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), browserPublic, senderPublic]);
  const shared = sender.computeSecret(browserPublic);
  const secret = hkdfSync('sha256', shared, Buffer.from(browser.auth, 'base64url'), info, 32);
  const part = (name: string, length: number) =>
    Buffer.from(hkdfSync('sha256', Buffer.from(secret), salt, `Content-Encoding: ${name}\0`, length));
  const cipher = createCipheriv('aes-128-gcm', part('aes128gcm', 16), part('nonce', 12));
  // 2: the last record, without padding.
  const sealed = [cipher.update(Buffer.concat([Buffer.from(text), Buffer.of(2)])), cipher.final()];
  const size = Buffer.alloc(4);
  size.writeUInt32BE(RECORD_BYTES);
  const head = [salt, size, Buffer.of(senderPublic.length), senderPublic];
  return Buffer.concat([...head, ...sealed, cipher.getAuthTag()]);
}

function freshKeys(): FreshKeys {
  const sender = createECDH('prime256v1');
  sender.generateKeys();
  return { sender, salt: randomBytes(16) };
}
