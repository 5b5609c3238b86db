import { createHmac } from 'node:crypto';

/** How a service that verifies by a shared secret wants its tokens. The key is in base64url, as in a JWKS of type oct. */
export type Hs256Profile = { readonly key: string; readonly kid: string; readonly audience: string };

/** A token of these claims that lives from now for as many seconds; negative for one that is over. */
export function signHs256(
  profile: Hs256Profile,
  claims: Readonly<Record<string, unknown>>,
  lifeSeconds: number,
): string {
  const nowSeconds = Math.floor(Date.now() / 1000);
  const iat = Math.min(nowSeconds, nowSeconds + lifeSeconds - 60);
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'HS256', typ: 'JWT', kid: profile.kid })}.${part({
    ...claims,
    aud: profile.audience,
    iat,
    exp: nowSeconds + lifeSeconds,
  })}`;
  const signature = createHmac('sha256', Buffer.from(profile.key, 'base64url')).update(signed);
  return `${signed}.${signature.digest('base64url')}`;
}
