import { setTimeout as wait } from 'node:timers/promises';
import type { RandomSource } from '#simulation/random-source.ts';
import { type Direction, RESENT_AFTER_MS, type Weather } from './weather.ts';

/** The weather of one line, as each piece on it meets it. */
export type Passage = {
  current(): Weather;
  change(changes: Partial<Weather>): void;
  /** Resolves when nothing blocks this direction. */
  untilOpen(direction: Direction): Promise<void>;
  /** Resolves when so many bytes have come through; answers at once in fair weather. */
  transit(direction: Direction, byteCount: number): Promise<void>;
};

export function createPassage(fromStart: Weather, random: RandomSource): Passage {
  let weather = fromStart;
  let waiting: (() => void)[] = [];

  const untilOpen = async (direction: Direction) => {
    while (weather.isBlocked[direction]) {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
    }
  };
  return {
    current: () => weather,
    change(changes) {
      weather = { ...weather, ...changes };
      const woken = waiting;
      waiting = [];
      for (const wake of woken) wake();
    },
    untilOpen,
    async transit(direction, byteCount) {
      await untilOpen(direction);
      const { delayMs, loss, bytesPerSecond } = weather;
      const lostMs = random.chance(loss) ? RESENT_AFTER_MS : 0;
      const dripMs = bytesPerSecond === null ? 0 : (byteCount / bytesPerSecond) * 1000;
      const ms = random.between(0, delayMs) + lostMs + dripMs;
      if (ms === 0) return;
      await wait(ms);
      // A partition that began meanwhile holds it as well.
      await untilOpen(direction);
    },
  };
}
