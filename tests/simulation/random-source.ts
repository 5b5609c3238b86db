/** Seeded chance: the same seed draws the same numbers in the same order. */
export type RandomSource = {
  /** 0 up to but not including 1. */
  next(): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  /** A number from `from` to `to`. */
  between(from: number, to: number): number;
  pick<T>(values: readonly T[]): T;
  /** A source of its own, so that who asks how often elsewhere changes nothing here. */
  fork(name: string): RandomSource;
};

/** Tommy Ettinger's mulberry32, seeded from text by FNV-1a. */
export function createRandomSource(seed: string): RandomSource {
  let state = 0x811c9dc5;
  for (const character of seed) state = Math.imul(state ^ character.charCodeAt(0), 0x01000193);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    chance: (probability) => next() < probability,
    between: (from, to) => from + next() * (to - from),
    pick(values) {
      const value = values[Math.floor(next() * values.length)];
      if (value === undefined) throw new Error('nothing to pick from');
      return value;
    },
    fork: (name) => createRandomSource(`${seed}/${name}`),
  };
}
