import { uuidV7 } from '@eventkit/shared/kernel/ids.ts';
import type { RandomSource } from '#simulation/random-source.ts';
import { type Knowledge, kindOf } from './knowledge.ts';

/** An id of this company for a field of this name: of what the field is of, mostly, where such a one is known. */
export function idFor(random: RandomSource, { idsByKind }: Knowledge, field: string): string {
  const fitting = idsByKind.get(kindOf(field)) ?? [];
  if (fitting.length > 0 && random.chance(0.8)) return random.pick(fitting);
  const kinds = [...idsByKind.values()];
  return kinds.length === 0 ? randomId(random) : random.pick(random.pick(kinds));
}

/** An id that nobody has. */
export function randomId(random: RandomSource): string {
  return uuidV7(
    1_700_000_000_000,
    Uint8Array.from({ length: 10 }, () => Math.floor(random.between(0, 256))),
  );
}
