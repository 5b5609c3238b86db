import type { ScanOutcome } from '#ui/scan-outcome.ts';

/** What the device can say: an outcome, or that a line of the pull list is complete. */
export type Signal = ScanOutcome | 'line_complete';

export type Tone = {
  readonly atMs: number;
  readonly forMs: number;
  readonly hertz: number;
  readonly wave: 'sine' | 'triangle' | 'square';
  /** Relative to the device's volume; 0 is full. */
  readonly decibels: number;
};

export type SignalPlan = {
  readonly tones: readonly Tone[];
  /** On, off, on … in milliseconds; empty where nothing is to be felt. */
  readonly vibration: readonly number[];
};

export const ATTACK_MS = 4;
export const RELEASE_MS = 25;

/** Two signals in a row must be heard as two. */
export const PAUSE_MS = 60;

/** The table of sounds and pulses: each tells its outcome alone, without a look at the screen. */
export const signalPlans: Readonly<Record<Signal, SignalPlan>> = {
  ok: { tones: [tone(0, 70, 1320, 'sine')], vibration: [40] },
  already: { tones: [tone(0, 45, 880, 'sine'), tone(100, 45, 880, 'sine')], vibration: [30, 60, 30] },
  wrong_event: {
    tones: [tone(0, 90, 520, 'triangle'), tone(90, 160, 390, 'triangle')],
    vibration: [120, 80, 120],
  },
  unknown: {
    tones: [tone(0, 60, 660, 'triangle'), tone(120, 60, 660, 'triangle'), tone(240, 60, 660, 'triangle')],
    vibration: [40, 50, 40, 50, 40],
  },
  blocked: { tones: [tone(0, 420, 196, 'square', -6)], vibration: [500] },
  line_complete: { tones: [tone(0, 60, 1320, 'sine'), tone(60, 60, 1760, 'sine')], vibration: [] },
};

function tone(atMs: number, forMs: number, hertz: number, wave: Tone['wave'], decibels = 0): Tone {
  return { atMs, forMs, hertz, wave, decibels };
}

/** How long a signal sounds, its release included. */
export function soundingMs(signal: Signal): number {
  const ends = signalPlans[signal].tones.map((one) => one.atMs + one.forMs);
  return Math.max(...ends) + RELEASE_MS;
}
