import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

/** Keys that this installation made for itself, readable by its own account only (mode 0600). */
export type KeyFolder = {
  /** A private ES256 key as JWK with `kid`; made when asked for the first time. */
  signingKey(name: string): Promise<JWK & { readonly kid: string }>;
  /** 32 random bytes; made when asked for the first time. */
  secret(name: string): Promise<Uint8Array>;
};

export function openKeyFolder(folder: string): KeyFolder {
  return {
    async signingKey(name) {
      const text = await keep(join(folder, `${name}.jwk.json`), async () => {
        const { privateKey } = await generateKeyPair('ES256', { extractable: true });
        const kid = randomBytes(8).toString('hex');
        return JSON.stringify({ ...(await exportJWK(privateKey)), kid, alg: 'ES256', use: 'sig' });
      });
      return JSON.parse(text);
    },
    async secret(name) {
      const text = await keep(join(folder, `${name}.secret`), async () =>
        randomBytes(32).toString('base64url'),
      );
      return Buffer.from(text, 'base64url');
    },
  };
}

/** The file's content; made and put in place whole where it is missing, so that a kill never leaves half a key. */
async function keep(file: string, make: () => Promise<string>): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown;
  }
  const content = await make();
  await mkdir(join(file, '..'), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, content, { mode: 0o600, flag: 'wx' });
  await rename(draft, file);
  return readFile(file, 'utf8');
}
