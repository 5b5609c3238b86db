import { exportJWK, generateKeyPair, type JWK } from 'jose';
import type pg from 'pg';

/**
 * The private ES256 key by which push services know this installation, made when it is asked for the first time. In the
 * database, so that all servers and workers on it have the same: browsers take pushes under the key alone that they
 * subscribed with. `owner` is the owner's pool; nobody else reads it.
 */
export async function openPushKey(owner: Pick<pg.Pool, 'query'>): Promise<JWK> {
  const known = await readPushKey(owner);
  if (known !== null) return known;
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  // Of two servers that start at once the first one's stands.
  await owner.query('INSERT INTO push_keys (jwk) VALUES ($1) ON CONFLICT DO NOTHING', [
    JSON.stringify(await exportJWK(privateKey)),
  ]);
  const kept = await readPushKey(owner);
  if (kept === null) throw new Error('the key for push was not kept');
  return kept;
}

async function readPushKey(owner: Pick<pg.Pool, 'query'>): Promise<JWK | null> {
  const { rows } = await owner.query<{ jwk: JWK }>('SELECT jwk FROM push_keys');
  return rows[0]?.jwk ?? null;
}
