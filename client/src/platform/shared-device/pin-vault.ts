/** A private key under a PIN, as it lies on the device. */
export type WrappedKey = {
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly rounds: number;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly wrapped: Uint8Array<ArrayBuffer>;
};

/** Signs what a person does on this device. */
export type SigningKey = CryptoKey;

/** What OWASP asks of PBKDF2 with SHA-256; what is there of it in WebCrypto (docs/decisions/0016-shared-devices.md). */
export const ROUNDS = 600_000;

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const;

/** The key of this device: it is never given out, so that no copy of the storage alone is enough to guess PINs. */
export function newDeviceKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 256 }, false, ['sign']);
}

/** A key for one person: its public half as an uncompressed point, and the private one to be wrapped. */
export async function newPersonKey(): Promise<{
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly privateKey: Uint8Array<ArrayBuffer>;
}> {
  const pair = await crypto.subtle.generateKey(CURVE, true, ['sign']);
  const [publicKey, privateKey] = await Promise.all([
    crypto.subtle.exportKey('raw', pair.publicKey),
    crypto.subtle.exportKey('pkcs8', pair.privateKey),
  ]);
  return { publicKey: new Uint8Array(publicKey), privateKey: new Uint8Array(privateKey) };
}

/** Lays a private key under a PIN. */
export async function wrapKey(
  privateKey: Uint8Array<ArrayBuffer>,
  pin: string,
  deviceKey: CryptoKey,
  rounds = ROUNDS,
): Promise<WrappedKey> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const under = await keyUnder(pin, { salt, rounds }, deviceKey);
  const wrapped = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, under, privateKey);
  return { salt, rounds, iv, wrapped: new Uint8Array(wrapped) };
}

/** The key that lies under this PIN; null where it is another PIN. */
export async function unwrapKey(
  { iv, wrapped, ...slowness }: WrappedKey,
  pin: string,
  deviceKey: CryptoKey,
): Promise<SigningKey | null> {
  const under = await keyUnder(pin, slowness, deviceKey);
  try {
    const privateKey = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, under, wrapped);
    return await readSigningKey(new Uint8Array(privateKey));
  } catch (error) {
    if (error instanceof DOMException && error.name === 'OperationError') return null;
    throw error;
  }
}

/** The key as the app holds it while its person is at the device: it signs and is not given out. */
export function readSigningKey(privateKey: Uint8Array<ArrayBuffer>): Promise<SigningKey> {
  return crypto.subtle.importKey('pkcs8', privateKey, CURVE, false, ['sign']);
}

/** ECDSA with SHA-256: r and s, 64 bytes. */
export async function signBytes(key: SigningKey, content: Uint8Array): Promise<Uint8Array> {
  // A copy: what is in memory that workers share is not taken.
  const bytes = new Uint8Array(content);
  return new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, bytes));
}

async function keyUnder(
  pin: string,
  { salt, rounds }: Pick<WrappedKey, 'salt' | 'rounds'>,
  deviceKey: CryptoKey,
): Promise<CryptoKey> {
  const typed = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, [
    'deriveBits',
  ]);
  const slow = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds },
    typed,
    256,
  );
  const bits = await crypto.subtle.sign('HMAC', deviceKey, slow);
  return crypto.subtle.importKey('raw', bits, 'AES-GCM', false, ['encrypt', 'decrypt']);
}
