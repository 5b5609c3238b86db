import { scanOutcomes } from '#ui/scan-outcome.ts';
import { ATTACK_MS, RELEASE_MS, type Signal, type SignalPlan, signalPlans } from './feedback-plan.ts';
import { bookSignal, type FeedbackQueue } from './feedback-queue.ts';

/** Kept per device: the phone on the belt and the tablet at the desk want different loudness. */
export type FeedbackSettings = {
  /** 0 is silent, 1 is full. */
  readonly volume: number;
  readonly isVibrating: boolean;
};

export const defaultFeedbackSettings: FeedbackSettings = { volume: 0.8, isVibrating: true };

/** What of a signal got through to the person; where it is nothing the screen must flash. */
export type Perceived = { readonly isHeard: boolean; readonly isFelt: boolean };

export type Feedback = {
  /** To be called from a touch or a key: browsers let no page make a sound before. */
  unlock(): void;
  play(signal: Signal): Perceived;
  /** All five outcomes in the order of the lamps, so that a person learns them. */
  playAll(): void;
  /** Goes silent now and forgets what is queued. */
  hush(): void;
};

export type FeedbackDevice = {
  /** Null where the browser has no Web Audio. */
  readonly openAudio: () => AudioContext | null;
  readonly vibrate: ((pattern: readonly number[]) => boolean) | null;
  readonly settings: () => FeedbackSettings;
};

/** Tones by Web Audio and pulses of the motor, one after the other, never on top of each other. */
export function createFeedback(device: FeedbackDevice): Feedback {
  let context: AudioContext | null = null;
  let output: GainNode | null = null;
  let queue: FeedbackQueue = [];

  function unlock(): void {
    context ??= device.openAudio();
    if (context?.state === 'suspended') void context.resume();
  }

  function mute(atS: number): void {
    if (!output) return;
    output.gain.setTargetAtTime(0, atS, 0.004);
    output = null;
  }

  function play(signal: Signal): Perceived {
    const { volume, isVibrating } = device.settings();
    const plan = signalPlans[signal];
    const isFelt = isVibrating && plan.vibration.length > 0 && (device.vibrate?.(plan.vibration) ?? false);
    if (context?.state !== 'running' || volume <= 0) return { isHeard: false, isFelt };
    const booked = bookSignal(queue, signal, context.currentTime * 1000);
    queue = booked.queue;
    if (booked.isCutting) mute(context.currentTime);
    output ??= openOutput(context);
    if (booked.booking) sound(context, output, plan, booked.booking.startsAtMs / 1000, volume);
    return { isHeard: true, isFelt };
  }

  return {
    unlock,
    play,
    playAll() {
      unlock();
      for (const outcome of scanOutcomes) {
        // The alarm comes last and would cut the others: here it waits its turn.
        if (outcome === 'blocked' && context?.state === 'running') {
          const startsAtMs = (queue.at(-1)?.endsAtMs ?? 0) + 200;
          output ??= openOutput(context);
          sound(context, output, signalPlans.blocked, startsAtMs / 1000, device.settings().volume);
          queue = [...queue, { signal: 'blocked', startsAtMs, endsAtMs: startsAtMs + 445 }];
        } else play(outcome);
      }
    },
    hush() {
      if (context) mute(context.currentTime);
      queue = [];
    },
  };
}

function openOutput(context: AudioContext): GainNode {
  const output = context.createGain();
  output.connect(context.destination);
  return output;
}

function sound(
  context: AudioContext,
  output: GainNode,
  plan: SignalPlan,
  startS: number,
  volume: number,
): void {
  for (const tone of plan.tones) {
    const oscillator = context.createOscillator();
    const envelope = context.createGain();
    oscillator.type = tone.wave;
    oscillator.frequency.value = tone.hertz;
    const onS = startS + tone.atMs / 1000;
    const offS = onS + tone.forMs / 1000;
    const level = volume * 10 ** (tone.decibels / 20);
    envelope.gain.setValueAtTime(0, onS);
    envelope.gain.linearRampToValueAtTime(level, onS + ATTACK_MS / 1000);
    envelope.gain.setValueAtTime(level, offS);
    envelope.gain.linearRampToValueAtTime(0, offS + RELEASE_MS / 1000);
    oscillator.connect(envelope).connect(output);
    oscillator.start(onS);
    oscillator.stop(offS + RELEASE_MS / 1000);
  }
}
