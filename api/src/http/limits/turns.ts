/** Lets each person have a few calls under way, and has their others wait in the order in which they came. */
export type Turns = {
  /** Resolves when it is this call's turn; what it answers ends the turn. Null: too many of theirs wait already. */
  take(person: string): Promise<() => void> | null;
};

type Line = { underWay: number; readonly waiting: (() => void)[] };

export function createTurns({
  mostUnderWay,
  mostWaiting,
}: {
  readonly mostUnderWay: number;
  readonly mostWaiting: number;
}): Turns {
  // Only of those who have a call under way.
  const lines = new Map<string, Line>();
  return {
    take(person) {
      const line = lines.get(person) ?? { underWay: 0, waiting: [] };
      lines.set(person, line);
      const end = () => {
        const next = line.waiting.shift();
        if (next !== undefined) return next();
        line.underWay -= 1;
        if (line.underWay === 0) lines.delete(person);
      };
      if (line.underWay < mostUnderWay) {
        line.underWay += 1;
        return Promise.resolve(end);
      }
      if (line.waiting.length >= mostWaiting) return null;
      return new Promise((resolve) => line.waiting.push(() => resolve(end)));
    },
  };
}
