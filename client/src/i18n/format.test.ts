import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import { describe, expect, test } from 'vitest';
import { createFormat } from './format.ts';

const at = (text: string) => instantOfMs(Date.parse(text));

describe('createFormat', () => {
  const en = createFormat('en', 'Europe/Vienna');
  const de = createFormat('de', 'Europe/Vienna');
  const now = at('2026-11-26T13:07:03Z');

  test('writes numbers as the language groups them', () => {
    expect(en.count(104212)).toBe('104,212');
    expect(de.count(104212)).toBe('104.212');
  });

  test('writes times on a 24 hour clock in the zone of the device', () => {
    expect(en.time(now)).toBe('14:07');
    expect(de.timeWithSeconds(now)).toBe('14:07:03');
    expect(en.time(at('2026-11-25T23:05:00Z'))).toBe('00:05');
  });

  test('names the day where it is another one', () => {
    expect(en.timeOrDay(now, now)).toBe('14:07');
    expect(en.timeOrDay(at('2026-11-27T05:00:00Z'), now)).toMatch(/^Fri,? 27 Nov 06:00$/);
    expect(de.shortMoment(at('2026-11-27T05:00:00Z'), now)).toBe('Fr 06:00');
    expect(en.shortMoment(at('2026-12-24T05:00:00Z'), now)).toBe('24 Dec');
  });

  test('a day ends at midnight of the zone, not of UTC', () => {
    expect(en.isSameDay(at('2026-11-26T22:59:00Z'), now)).toBe(true);
    expect(en.isSameDay(at('2026-11-26T23:00:00Z'), now)).toBe(false);
  });

  test('says how far away something is in the largest unit that fits', () => {
    expect(en.distance(at('2026-11-26T13:40:03Z'), now)).toBe('in 33 minutes');
    expect(de.distance(at('2026-11-26T11:07:03Z'), now)).toBe('vor 2 Stunden');
    expect(en.distance(at('2026-11-29T13:07:03Z'), now)).toBe('in 3 days');
  });
});
