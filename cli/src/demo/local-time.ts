const DAY_MS = 86_400_000;

/**
 * The Unix time of a wall-clock hour on the day `dayOffset` days after the local day of `nowMs`.
 * Hours may be fractions: 16.5 is half past four. In the hour that does not exist in spring, the later one counts.
 */
export function localTimeMs(timeZone: string, nowMs: number, dayOffset: number, hour: number): number {
  const today = localFields(timeZone, nowMs);
  const wall = Date.UTC(today.year, today.month - 1, today.day) + dayOffset * DAY_MS + hour * 3_600_000;
  // The zone's offset at the guess is right except within hours of a change; the second look settles these.
  const guess = wall - offsetMs(timeZone, wall);
  return wall - offsetMs(timeZone, guess);
}

type Fields = Readonly<Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>>;

function offsetMs(timeZone: string, atMs: number): number {
  const { year, month, day, hour, minute, second } = localFields(timeZone, atMs);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(atMs / 1000) * 1000;
}

function localFields(timeZone: string, atMs: number): Fields {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
  const field = (name: keyof Fields) => parts.get(name) ?? Number.NaN;
  return {
    year: field('year'),
    month: field('month'),
    day: field('day'),
    hour: field('hour'),
    minute: field('minute'),
    second: field('second'),
  };
}
