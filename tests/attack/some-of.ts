import type { RandomSource } from '#simulation/random-source.ts';

/** All of them where that are no more than `most`; otherwise as many of them as that, drawn, in their order. */
export function someOf<T>(random: RandomSource, all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all;
  const ranked = all.map((each, place) => ({ each, place, rank: random.next() }));
  const drawn = ranked.sort((a, b) => a.rank - b.rank).slice(0, most);
  return drawn.sort((a, b) => a.place - b.place).map(({ each }) => each);
}
