/** What the server has seen of one device's numbering: everything from 1 to `lastSequence` but the gaps. */
export type SeenSequences = {
  readonly lastSequence: number;
  /** Ranges that were expected and have not come, both ends included, ascending, not touching. */
  readonly gaps: readonly SequenceRange[];
};

export type SequenceRange = readonly [from: number, to: number];

export const NOTHING_SEEN: SeenSequences = { lastSequence: 0, gaps: [] };

/** Adds what has just come, in any order and as often as it likes; a number that fills a gap takes it away. */
export function recordSequences(seen: SeenSequences, arrived: readonly number[]): SeenSequences {
  let { lastSequence, gaps } = seen;
  for (const sequence of arrived.toSorted((a, b) => a - b)) {
    if (sequence > lastSequence) {
      if (sequence > lastSequence + 1) gaps = [...gaps, [lastSequence + 1, sequence - 1]];
      lastSequence = sequence;
    } else {
      gaps = gaps.flatMap((gap) => withoutSequence(gap, sequence));
    }
  }
  return { lastSequence, gaps };
}

/** How many of the numbers up to `recorded` have not come. */
export function countMissing({ lastSequence, gaps }: SeenSequences, recorded: number): number {
  const between = gaps.reduce((count, [from, to]) => count + to - from + 1, 0);
  return between + Math.max(0, recorded - lastSequence);
}

function withoutSequence(gap: SequenceRange, sequence: number): readonly SequenceRange[] {
  const [from, to] = gap;
  if (sequence < from || sequence > to) return [gap];
  const rest: SequenceRange[] = [];
  if (from < sequence) rest.push([from, sequence - 1]);
  if (sequence < to) rest.push([sequence + 1, to]);
  return rest;
}
