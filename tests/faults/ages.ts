/** How old what arrives is: of each change when it was confirmed, and how long after that each client had it. */
export type Ages = {
  /** To be held of a row's data by each client: the number of its last change. Called once for each arrival. */
  readonly keep: (data: string) => string;
  /** The change of this number was confirmed now. */
  note(number: number): void;
  /** The ages since this was last asked. */
  take(): { lagMsMedian: number; lagMsP95: number };
};

/** Serial numbers carry the numbers of changes: SOAK-<number>. */
export const serialOf = (number: number) => `SOAK-${number}`;

export function createAges(): Ages {
  /** Of the last changes only: who is further behind is late enough. */
  const confirmedAt = new Map<number, number>();
  let ages: number[] = [];
  return {
    keep(data) {
      const number = /"serial":"SOAK-(\d+)"/.exec(data)?.[1];
      if (number === undefined) return '';
      const at = confirmedAt.get(Number(number));
      // What arrives before its writer has heard of the commit is as young as can be.
      ages.push(at === undefined ? 0 : performance.now() - at);
      return number;
    },
    note(number) {
      confirmedAt.set(number, performance.now());
      confirmedAt.delete(number - REMEMBERED);
    },
    take() {
      const sorted = Float64Array.from(ages).toSorted();
      ages = [];
      const at = (share: number) => Math.round(sorted[Math.floor(sorted.length * share)] ?? 0);
      return { lagMsMedian: at(0.5), lagMsP95: at(0.95) };
    },
  };
}

const REMEMBERED = 100_000;
