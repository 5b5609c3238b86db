import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** What is kept of a PIN. */
export type HashedPin = { readonly salt: Buffer; readonly hash: Buffer };

/** 32 MiB and some 80 ms for each guess of who has stolen the database. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const HASH_BYTES = 32;

export async function hashPin(pin: string): Promise<HashedPin> {
  const salt = randomBytes(16);
  return { salt, hash: await derive(pin, salt) };
}

export async function isPin(pin: string, { salt, hash }: HashedPin): Promise<boolean> {
  return timingSafeEqual(await derive(pin, salt), hash);
}

function derive(pin: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, HASH_BYTES, COST, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}
