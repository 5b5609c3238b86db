import { createHash } from 'node:crypto';

export async function sha256(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(createHash('sha256').update(bytes).digest());
}
