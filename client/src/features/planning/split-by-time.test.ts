import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import { describe, expect, test } from 'vitest';
import type { EventStatus } from './event-status.ts';
import type { EventSummary } from './event-summaries-queries.ts';
import { scannable, splitByTime } from './split-by-time.ts';

const at = (day: number) => instantOfMs(Date.UTC(2026, 10, day));

function event(id: string, status: EventStatus, loadDay: number): EventSummary {
  return {
    id: id as EventSummary['id'],
    name: id,
    clientName: '',
    venue: '',
    status,
    loadAt: at(loadDay),
    startsAt: at(loadDay),
    endsAt: at(loadDay),
    returnAt: at(loadDay + 1),
    wanted: 1,
    scanned: 0,
  };
}

const events = [
  event('over', 'confirmed', 10),
  event('late', 'out', 12),
  event('closed', 'closed', 20),
  event('leaving', 'in_prep', 26),
  event('option', 'option', 27),
  event('called off', 'cancelled', 28),
];
const names = (list: readonly EventSummary[]) => list.map((one) => one.name);

describe('events by time', () => {
  test('what is still out is never past, however late it is', () => {
    const { current, past } = splitByTime(events, at(26));
    expect(names(current)).toEqual(['late', 'leaving', 'option']);
    expect(names(past)).toEqual(['called off', 'closed', 'over']);
  });

  test('scanning is offered for what leaves, then for what is out; never for an option', () => {
    expect(names(scannable(events, at(26)))).toEqual(['leaving', 'late']);
  });
});
