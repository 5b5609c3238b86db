/** A calendar day; months from 1. */
export type Day = { readonly year: number; readonly month: number; readonly day: number };

/** What a clock on the wall shows, to the minute. */
export type WallTime = Day & { readonly hour: number; readonly minute: number };

export type WallClock = {
  /** What it shows at a moment, given in milliseconds since 1970. */
  show(ms: number): WallTime;
  /** The moments at which it shows this: none where clocks go forward over it, two where they go back. */
  momentsOf(wall: WallTime): readonly number[];
};

const DAY_MS = 86_400_000;

/** The clock of a time zone; the device's own where none is named. */
export function wallClockIn(timeZone: string | undefined): WallClock {
  const format = new Intl.DateTimeFormat('en-US', {
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' },
    hourCycle: 'h23',
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  const show = (ms: number): WallTime => {
    const parts = Object.fromEntries(
      format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = parts;
    return { year, month, day, hour, minute };
  };
  const momentsOf = (wall: WallTime): readonly number[] => {
    const asUtc = utcOf(wall);
    // The offsets of the days around it: no zone changes twice within them.
    const offsets = new Set([-DAY_MS, DAY_MS].map((by) => utcOf(show(asUtc + by)) - (asUtc + by)));
    return [...offsets]
      .map((offset) => asUtc - offset)
      .filter((ms) => utcOf(show(ms)) === asUtc)
      .toSorted((a, b) => a - b);
  };
  return { show, momentsOf };
}

/** False for a day that no calendar has, e.g. 30 February. */
export function isDay({ year, month, day }: Day): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Days since 1970. */
export function dayNumber({ year, month, day }: Day): number {
  return Date.UTC(year, month - 1, day) / DAY_MS;
}

export function dayOfNumber(number: number): Day {
  const date = new Date(number * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** When a day is over: the first moment of the next one, which some zones begin at one o'clock once a year. */
export function endOfDay(clock: WallClock, day: Day): number {
  const next = dayOfNumber(dayNumber(day) + 1);
  const [first] = [0, 1].flatMap((hour) => clock.momentsOf({ ...next, hour, minute: 0 }));
  if (first === undefined) throw new Error(`a day without a beginning: ${JSON.stringify(next)}`);
  return first;
}

/** Minutes that the clock is ahead of UTC at a moment. */
export function offsetMinutes(clock: WallClock, ms: number): number {
  return Math.round((utcOf(clock.show(ms)) - Math.floor(ms / 60_000) * 60_000) / 60_000);
}

function utcOf({ year, month, day, hour, minute }: WallTime): number {
  return Date.UTC(year, month - 1, day, hour, minute);
}
