import { create } from '@bufbuild/protobuf';
import { ApiKeySchema } from '@eventkit/proto/gen/eventkit/v1/api_keys_pb.ts';
import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import { expect, it } from 'vitest';
import { readKey } from './read-keys.ts';

const now = instantOfMs(1_795_000_000_000);
const micros = (ms: number) => BigInt(1_795_000_000_000 + ms) * 1000n;
const keyOf = (changes: Parameters<typeof create<typeof ApiKeySchema>>[1]) =>
  readKey(
    create(ApiKeySchema, {
      apiKeyId: 'k1',
      isCreatorActive: true,
      expiresAtMicros: micros(1),
      permissions: ['inventory:read', 'rockets:launch'],
      ...changes,
    }),
    now,
  );

it.each([
  ['one that lasts', {}, 'open'],
  ['one at its end', { expiresAtMicros: micros(0) }, 'expired'],
  ['one that was ended', { revokedAtMicros: micros(-5) }, 'revoked'],
  [
    'one that was ended before its end',
    { revokedAtMicros: micros(-5), expiresAtMicros: micros(0) },
    'revoked',
  ],
  ['one whose maker is gone', { isCreatorActive: false }, 'creator_gone'],
  ['an old one whose maker is gone', { isCreatorActive: false, expiresAtMicros: micros(-1) }, 'expired'],
] as const)('%s is said to be so', (_, changes, state) => {
  expect(keyOf(changes).state).toBe(state);
});

it('names what it has words for, and when it was used', () => {
  expect(keyOf({}).permissions).toEqual(['inventory:read']);
  expect(keyOf({}).lastUsedAt).toBeNull();
  expect(keyOf({ lastUsedAtMicros: micros(-7) }).lastUsedAt).toBe(instantOfMs(1_795_000_000_000 - 7));
});
