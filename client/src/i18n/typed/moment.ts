import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import type { Language } from '#i18n/language.ts';
import { offsetMinutes, type WallClock, type WallTime } from '#i18n/wall-clock.ts';
import { type DayProblem, readDay, writeDay } from './day.ts';

export type MomentProblem = DayProblem | 'no_time' | 'no_day' | 'skipped_hour' | 'double_hour';

type Time = { readonly hour: number; readonly minute: number };
type Ports = {
  readonly clock: WallClock;
  readonly nowMs: number;
  /** What stands in the field, in milliseconds since 1970: a time alone is of its day, a day alone keeps its time. */
  readonly standingMs: number | null;
};

const TIME =
  /^(?:at |um )?(?<hour>\d{1,2})(?:(?<mark>[:.h])(?<minute>\d\d))? ?(?<word>am|pm|uhr|h)?(?: (?<late>[0-5]\d))?$/;
const OFFSET = / (?<sign>[+-])(?<hours>\d\d):(?<minutes>\d\d)$/;

/**
 * The moment, in milliseconds since 1970, of `tomorrow 14`, `24.12. 8:30`, `fri 2 pm`, `14:00`. Every way to read it is
 * tried, and it is refused where they come to different moments, or where clocks are changed at that very time.
 */
export function readMoment(text: string, ports: Ports): Result<number, MomentProblem> {
  const typed = text
    .trim()
    .toLowerCase()
    .replaceAll(/[,\s]+/g, ' ');
  const offset = OFFSET.exec(typed)?.groups;
  const words = typed.replace(OFFSET, '').split(' ');
  const readings = Array.from({ length: words.length + 1 }, (_, cut) =>
    readWall(words.slice(0, cut).join(' '), words.slice(cut).join(' '), ports),
  );
  const walls = new Map(
    readings.flatMap((reading) => (reading.ok ? [[JSON.stringify(reading.value), reading.value]] : [])),
  );
  const [wall, other] = walls.values();
  if (other !== undefined) return err('either_way');
  if (wall === undefined) return err(worstOf(readings.map((reading) => (reading.ok ? null : reading.error))));
  return momentOf(wall, offset, ports.clock);
}

function momentOf(
  wall: WallTime,
  offset: Record<string, string> | undefined,
  clock: WallClock,
): Result<number, MomentProblem> {
  const moments = clock
    .momentsOf(wall)
    .filter((ms) => offset === undefined || sayOffset(clock, ms) === said(offset));
  const [only, second] = moments;
  if (only === undefined) return err('skipped_hour');
  return second === undefined ? ok(only) : err('double_hour');
}

/** A day and a time, each of which may be missing. */
function readWall(dayText: string, timeText: string, ports: Ports): Result<WallTime, MomentProblem> {
  const { clock, nowMs, standingMs } = ports;
  const standing = standingMs === null ? null : clock.show(standingMs);
  const today = clock.show(nowMs);
  const day =
    dayText === '' ? null : readDay(dayText, today, standing === null ? [today] : [today, standing]);
  if (day?.ok === false) return day;
  const time = timeText === '' ? null : readTime(timeText, dayText !== '');
  if (timeText !== '' && time === null) return err('unclear');
  if (day === null && time === null) return err('unclear');
  if (day === null && standing === null) return err('no_day');
  if (time === null && standing === null) return err('no_time');
  const { year, month, day: dayOfMonth } = day?.value ?? standing ?? today;
  const { hour, minute } = time ?? standing ?? today;
  return ok({ year, month, day: dayOfMonth, hour, minute });
}

/** Null for what is no time of day. A bare hour stands only behind a day: `14` alone could be either. */
function readTime(text: string, isAfterDay: boolean): Time | null {
  const { hour, mark, minute, word, late } = TIME.exec(text)?.groups ?? {};
  if (hour === undefined) return null;
  if (late !== undefined && (word !== 'uhr' || mark !== undefined)) return null;
  if (mark === undefined && word === undefined && !isAfterDay) return null;
  const isTwelve = word === 'am' || word === 'pm';
  const hours = Number(hour);
  if (isTwelve && (hours < 1 || hours > 12)) return null;
  const time = {
    hour: isTwelve ? (hours % 12) + (word === 'pm' ? 12 : 0) : hours,
    minute: Number(minute ?? late ?? 0),
  };
  return time.hour < 24 && time.minute < 60 ? time : null;
}

const problems = ['either_way', 'no_such_day', 'no_time', 'no_day', 'unclear'] as const;

function worstOf(found: readonly (MomentProblem | null)[]): MomentProblem {
  return problems.find((problem) => found.includes(problem)) ?? 'unclear';
}

/** `26 Nov 2026 14:00`, `26.11.2026 14:00`; with how far from UTC where clocks show that time twice. */
export function writeMoment(ms: number, clock: WallClock, language: Language): string {
  const wall = clock.show(ms);
  const time = `${two(wall.hour)}:${two(wall.minute)}`;
  const isTwice = clock.momentsOf(wall).length > 1;
  return `${writeDay(wall, language)} ${time}${isTwice ? ` ${sayOffset(clock, ms)}` : ''}`;
}

function sayOffset(clock: WallClock, ms: number): string {
  const minutes = offsetMinutes(clock, ms);
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

function said({ sign = '', hours = '', minutes = '' }: Record<string, string>): string {
  return `${sign}${hours}:${minutes}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
