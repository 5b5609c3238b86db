import { hash } from 'node:crypto';
import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import type { Result } from '@eventkit/shared/kernel/result.ts';
import type { AccessTokenClaims, TokenRefused } from './verify-access-token.ts';

type Verified = Result<AccessTokenClaims, TokenRefused>;

/** Less than what a key that the provider withdraws is believed anyway: jose keeps its keys for ten minutes. */
const BELIEVED_MS = 60_000;
const MOST_REMEMBERED = 10_000;

/**
 * Remembers for a minute what valid tokens say, never beyond their end: a signature costs more than the rest of a call.
 * Who they name, and what that person may do now, is none of it. Tokens themselves are not kept.
 */
export function rememberTokens(
  clock: Pick<Clock, 'wallMs' | 'monotonicMs'>,
  verify: (token: string) => Promise<Verified>,
): (token: string) => Promise<Verified> {
  const remembered = new Map<string, { readonly value: Verified; readonly untilMs: number }>();
  return async (token) => {
    const key = hash('sha256', token, 'base64url');
    const known = remembered.get(key);
    const nowMs = clock.monotonicMs();
    if (known !== undefined && nowMs < known.untilMs) return known.value;
    remembered.delete(key);
    const value = await verify(token);
    if (!value.ok) return value;
    const leftMs = Number(value.value.all['exp']) * 1000 - clock.wallMs();
    if (leftMs > 0) remembered.set(key, { value, untilMs: nowMs + Math.min(BELIEVED_MS, leftMs) });
    for (const oldest of remembered.keys()) {
      if (remembered.size <= MOST_REMEMBERED) break;
      remembered.delete(oldest);
    }
    return value;
  };
}
