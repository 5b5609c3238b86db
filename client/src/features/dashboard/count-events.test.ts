import type { EventId } from '@eventkit/shared/kernel/ids.ts';
import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bindingEvents, overdueEvents, type ShownEvent, upcomingEvents } from './count-events.ts';
import { type ActivityRow, groupActivity } from './group-activity.ts';

const NOON = Date.UTC(2026, 10, 23, 12);
const hour = (count: number) => instantOfMs(NOON + count * 3_600_000);
const statuses = [
  'draft',
  'option',
  'confirmed',
  'in_prep',
  'out',
  'returning',
  'closed',
  'cancelled',
] as const;
const drawn = fc.record({
  status: fc.constantFrom(...statuses),
  load: fc.integer({ min: -300, max: 900 }),
  hours: fc.nat(100),
  out: fc.nat(3),
});
const eventOf = (
  { status, load, hours }: { status: ShownEvent['status']; load: number; hours: number },
  at: number,
) => ({
  id: `e${at}` as EventId,
  name: '',
  clientName: '',
  venue: '',
  status,
  loadAt: hour(load),
  returnAt: hour(load + hours),
});

describe('events on a dashboard', () => {
  test('agree with asking each of them in turn', () => {
    fc.assert(
      fc.property(fc.array(drawn), fc.constantFrom(7, 14, 30), (all, days) => {
        const events = all.map(eventOf);
        const upcoming = upcomingEvents(events, hour(0), days);
        for (const [index, event] of events.entries()) {
          const { load, status, hours, out } = all[index] as (typeof all)[number];
          const isToCome = load >= 0 && load < days * 24 && /^(option|confirmed|in_prep)$/.test(status);
          expect(upcoming.includes(event)).toBe(isToCome);
          expect(bindingEvents(events).includes(event)).toBe(
            /^(confirmed|in_prep|out|returning)$/.test(status),
          );
          const late = overdueEvents(events, new Map([[event.id, out]]), hour(0));
          expect(late.map(({ units }) => units)).toEqual(load + hours < 0 && out > 0 ? [out] : []);
        }
        const loads = upcoming.map(({ loadAt }) => loadAt);
        expect(loads).toEqual(loads.toSorted());
      }),
    );
  });
});

describe('what people did', () => {
  const row = (id: number, rest: Partial<ActivityRow> = {}): ActivityRow => ({
    ...{
      id: String(id),
      kind: 'check_out',
      at: instantOfMs(NOON - id * 60_000),
      who: 'Ada',
      what: `A-${id}`,
    },
    ...{ eventId: 'e', eventName: 'Gala' },
    ...rest,
  });

  test('is one line where one person did the same for one event', () => {
    const rows = [row(0), row(1), row(2, { who: 'Ben' }), row(3), row(50)];
    expect(groupActivity(rows, 9).map(({ who, what, count }) => [who, what, count])).toEqual([
      ['Ada', null, 2],
      ['Ben', 'A-2', 1],
      ['Ada', 'A-3', 1],
      ['Ada', 'A-50', 1],
    ]);
    expect(groupActivity(rows, 1)).toHaveLength(1);
  });

  test('loses and doubles nothing, and stays in order', () => {
    const some = fc.record({
      kind: fc.constantFrom('check_out', 'move'),
      who: fc.constantFrom('Ada', 'Ben'),
    });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 30 }), (list) => {
        const rows = list.map((one, index) => row(index, one));
        const groups = groupActivity(rows, 99);
        expect(
          groups.flatMap(({ kind, who, count }) => Array.from({ length: count }, () => `${kind}${who}`)),
        ).toEqual(rows.map(({ kind, who }) => `${kind}${who}`));
      }),
    );
  });
});
