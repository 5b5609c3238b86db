import { isUuid } from '@eventkit/shared/kernel/ids.ts';
import { errors, jwtVerify, SignJWT } from 'jose';

/** What a link opens, and for whom it was made. */
export type DownloadLink = {
  readonly tenantId: string;
  readonly userId: string;
  readonly fileId: string;
  readonly version: number;
};

const LIFETIME_S = 120;
const AUDIENCE = 'eventkit-files';

/** A path that opens one version for two minutes, without cookie or token: programs that download have neither. */
export async function signDownload(key: Uint8Array, { tenantId, userId, fileId, version }: DownloadLink) {
  const token = await new SignJWT({ tenant: tenantId, file: fileId, version })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(userId)
    .setAudience(AUDIENCE)
    .setExpirationTime(`${LIFETIME_S} s`)
    .sign(key);
  return `/files/download/${token}`;
}

/** Null for one that is over, or that nobody signed here. */
export async function openDownload(key: Uint8Array, token: string): Promise<DownloadLink | null> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['HS256'],
      audience: AUDIENCE,
      requiredClaims: ['exp', 'sub'],
    });
    const { tenant: tenantId, file: fileId, sub: userId, version } = payload;
    const ids = [tenantId, fileId, userId].filter((id) => typeof id === 'string' && isUuid(id));
    return ids.length === 3 && Number.isSafeInteger(version)
      ? ({ tenantId, fileId, userId, version } as DownloadLink)
      : null;
  } catch (thrown) {
    if (thrown instanceof errors.JOSEError) return null;
    throw thrown;
  }
}
