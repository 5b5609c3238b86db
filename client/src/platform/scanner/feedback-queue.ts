import { PAUSE_MS, type Signal, soundingMs } from './feedback-plan.ts';

/** A good scan this far behind is not worth a late beep; everything else is always heard. */
export const LONGEST_LAG_MS = 800;

export type Booking = { readonly signal: Signal; readonly startsAtMs: number; readonly endsAtMs: number };

/** What is sounding or about to, in order and without overlap. */
export type FeedbackQueue = readonly Booking[];

export type Booked = {
  readonly queue: FeedbackQueue;
  /** Null where the signal is dropped. */
  readonly booking: Booking | null;
  /** Blocked does not wait: whatever sounds or is booked goes silent at once. */
  readonly isCutting: boolean;
};

/** Finds a signal its place in time: behind what is sounding, or at once when it is the one that stops work. */
export function bookSignal(queue: FeedbackQueue, signal: Signal, nowMs: number): Booked {
  const sounding = queue.filter((booking) => booking.endsAtMs > nowMs);
  if (signal === 'blocked') {
    // One alarm is enough: a second would cut the first and be heard as a stutter.
    if (sounding.some((booking) => booking.signal === 'blocked')) {
      return { queue: sounding, booking: null, isCutting: false };
    }
    const booking = bookingOf(signal, nowMs);
    return { queue: [booking], booking, isCutting: sounding.length > 0 };
  }
  const last = sounding.at(-1);
  const startsAtMs = last ? last.endsAtMs + PAUSE_MS : nowMs;
  if (signal === 'ok' && startsAtMs - nowMs > LONGEST_LAG_MS) {
    return { queue: sounding, booking: null, isCutting: false };
  }
  const booking = bookingOf(signal, startsAtMs);
  return { queue: [...sounding, booking], booking, isCutting: false };
}

function bookingOf(signal: Signal, startsAtMs: number): Booking {
  return { signal, startsAtMs, endsAtMs: startsAtMs + soundingMs(signal) };
}
