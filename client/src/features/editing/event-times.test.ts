import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { describe, expect, it } from 'vitest';
import { type EventTimes, textOfTimes, withTime } from './event-times.ts';

const at = (hour: number) => `2026-11-26T${String(hour).padStart(2, '0')}:00:00.000000Z` as Instant;
const times: EventTimes = { load_at: at(6), starts_at: at(16), ends_at: at(20), return_at: at(23) };

describe('the four times of an event', () => {
  it('are one field, in their order', () => {
    expect(textOfTimes(times)).toBe([6, 16, 20, 23].map(at).join('/'));
  });

  it('change one by one', () => {
    expect(withTime(times, 'starts_at', at(15))).toEqual({ ...times, starts_at: at(15) });
  });

  it('are never the wrong way round: a later load pushes what comes after, an earlier end what comes before', () => {
    expect(withTime(times, 'load_at', at(21))).toEqual({
      load_at: at(21),
      starts_at: at(21),
      ends_at: at(21),
      return_at: at(23),
    });
    expect(withTime(times, 'ends_at', at(10))).toMatchObject({ load_at: at(6), starts_at: at(10) });
  });
});
