import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanOutcomes } from '#ui/scan-outcome.ts';
import { type Signal, signalPlans, soundingMs } from './feedback-plan.ts';
import { bookSignal, type FeedbackQueue, LONGEST_LAG_MS } from './feedback-queue.ts';

const seed = Number(process.env['EVENTKIT_SEED'] ?? 20261122);
const anySignal = fc.constantFrom<Signal>(...scanOutcomes, 'line_complete');

describe('the plan of signals', () => {
  it('gives every outcome its own sound and its own pulse', () => {
    const sounds = scanOutcomes.map((outcome) => JSON.stringify(signalPlans[outcome].tones));
    const pulses = scanOutcomes.map((outcome) => signalPlans[outcome].vibration.join());
    expect(new Set(sounds).size).toBe(5);
    expect(new Set(pulses).size).toBe(5);
  });

  it('is done within half a second, so that ten scans a second can be told apart by eye and hand', () => {
    for (const outcome of scanOutcomes) expect(soundingMs(outcome)).toBeLessThanOrEqual(500);
    expect(soundingMs('ok')).toBe(95);
  });
});

describe('the queue of signals', () => {
  it('plays at once when nothing sounds', () => {
    expect(bookSignal([], 'ok', 1000).booking).toEqual({ signal: 'ok', startsAtMs: 1000, endsAtMs: 1095 });
  });

  it('lets the next wait until the last has ended', () => {
    const first = bookSignal([], 'unknown', 0);
    const second = bookSignal(first.queue, 'ok', 50);
    expect(second.booking?.startsAtMs).toBeGreaterThan(first.booking?.endsAtMs ?? Infinity);
  });

  it('lets blocked cut everything, once', () => {
    const first = bookSignal(bookSignal([], 'unknown', 0).queue, 'unknown', 1);
    const alarm = bookSignal(first.queue, 'blocked', 20);
    expect(alarm).toMatchObject({ isCutting: true, booking: { startsAtMs: 20 } });
    expect(bookSignal(alarm.queue, 'blocked', 60).booking).toBeNull();
  });

  it('drops no outcome but a good one that would come too late', () => {
    let queue: FeedbackQueue = [];
    let dropped = 0;
    for (let scan = 0; scan < 100; scan += 1) {
      const booked = bookSignal(queue, scan % 5 === 0 ? 'unknown' : 'ok', scan * 100);
      queue = booked.queue;
      if (booked.booking === null) dropped += 1;
      if (scan % 5 === 0) expect(booked.booking).not.toBeNull();
    }
    expect(dropped).toBeGreaterThan(0);
  });

  it('never overlaps, whatever comes when', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anySignal, fc.integer({ min: 0, max: 300 })), { maxLength: 60 }),
        (events) => {
          let now = 0;
          let queue: FeedbackQueue = [];
          for (const [signal, gap] of events) {
            now += gap;
            const booked = bookSignal(queue, signal, now);
            queue = booked.queue;
            for (const [index, booking] of queue.entries()) {
              const next = queue[index + 1];
              if (next) expect(next.startsAtMs).toBeGreaterThan(booking.endsAtMs);
            }
            if (signal === 'ok' && booked.booking) {
              expect(booked.booking.startsAtMs - now).toBeLessThanOrEqual(LONGEST_LAG_MS);
            }
          }
        },
      ),
      { seed },
    );
  });
});
