import type { ApiKey } from '@eventkit/proto/gen/eventkit/v1/api_keys_pb.ts';
import { type Instant, instantOfMicros, instantOrNull } from '@eventkit/shared/kernel/instant.ts';
import { isPermission, type Permission } from '@eventkit/shared/permissions/roles.ts';

/** open: programs get in with it. The others say why none does. */
export type KeyState = 'open' | 'revoked' | 'expired' | 'creator_gone';

export type ShownKey = {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  /** As far as this version has words for them. */
  readonly permissions: readonly Permission[];
  readonly createdByName: string;
  readonly state: KeyState;
  readonly expiresAt: Instant;
  readonly revokedAt: Instant | null;
  readonly lastUsedAt: Instant | null;
};

export function readKey(key: ApiKey, now: Instant): ShownKey {
  const revokedAt = instantOrNull(key.revokedAtMicros);
  const expiresAt = instantOfMicros(key.expiresAtMicros);
  return {
    id: key.apiKeyId,
    name: key.name,
    prefix: key.prefix,
    permissions: key.permissions.filter(isPermission),
    createdByName: key.createdByName,
    state: stateOf(revokedAt, expiresAt, key.isCreatorActive, now),
    expiresAt,
    revokedAt,
    lastUsedAt: instantOrNull(key.lastUsedAtMicros),
  };
}

function stateOf(
  revokedAt: Instant | null,
  expiresAt: Instant,
  isCreatorActive: boolean,
  now: Instant,
): KeyState {
  if (revokedAt !== null) return 'revoked';
  if (expiresAt <= now) return 'expired';
  return isCreatorActive ? 'open' : 'creator_gone';
}
