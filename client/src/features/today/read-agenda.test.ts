import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import { describe, expect, test } from 'vitest';
import { readAgenda } from './read-agenda.ts';
import type { TodayEvent } from './today-event.ts';

const NOON = Date.UTC(2026, 10, 26, 12);
const inHours = (hours: number) => instantOfMs(NOON + hours * 3_600_000);
const now = inHours(0);

function event(name: string, loadsInHours: number, rest: Partial<TodayEvent> = {}): TodayEvent {
  return {
    id: name as TodayEvent['id'],
    name,
    clientName: '',
    venue: '',
    status: 'confirmed',
    loadAt: inHours(loadsInHours),
    returnAt: inHours(loadsInHours + 48),
    wanted: 10,
    scanned: 0,
    ...rest,
  };
}

describe('readAgenda', () => {
  test('the event to work on is the next to load that is not complete', () => {
    const agenda = readAgenda(
      [event('later', 6), event('done', 1, { scanned: 10 }), event('soon', 3, { scanned: 4 })],
      now,
    );
    expect(agenda.next?.name).toBe('soon');
    expect(agenda.leaving.map((one) => one.name)).toEqual(['done', 'later']);
  });

  test('when all are complete it is simply the next', () => {
    expect(readAgenda([event('done', 1, { scanned: 10 })], now).next?.name).toBe('done');
  });

  test('a late load stays for half a day, a far one waits', () => {
    const agenda = readAgenda([event('late', -11), event('gone', -13), event('far', 24 * 6)], now);
    expect(agenda.next?.name).toBe('late');
    expect(agenda.leaving).toEqual([]);
  });

  test('options and cancelled events never leave; what is out comes by its return', () => {
    const agenda = readAgenda(
      [
        event('option', 2, { status: 'option' }),
        event('off', 2, { status: 'cancelled' }),
        event('back late', -90, { status: 'out', returnAt: inHours(9) }),
        event('back soon', -20, { status: 'returning', returnAt: inHours(2) }),
      ],
      now,
    );
    expect(agenda.next).toBe(null);
    expect(agenda.out.map((one) => one.name)).toEqual(['back soon', 'back late']);
  });
});
