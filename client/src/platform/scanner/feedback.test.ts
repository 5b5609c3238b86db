import { describe, expect, it } from 'vitest';
import { createFeedback, defaultFeedbackSettings, type FeedbackSettings } from './feedback.ts';

type Played = { readonly hertz: number; readonly wave: string; readonly onS: number; readonly offS: number };

/** Web Audio as far as the signals use it, writing down what would sound. */
function audioDouble() {
  const played: Played[] = [];
  const muted: number[] = [];
  const context = {
    state: 'suspended',
    currentTime: 0,
    destination: {},
    resume() {
      context.state = 'running';
      return Promise.resolve();
    },
    createGain() {
      return {
        gain: {
          setValueAtTime: () => undefined,
          linearRampToValueAtTime: () => undefined,
          setTargetAtTime: (_level: number, atS: number) => muted.push(atS),
        },
        connect: (next: unknown) => next,
      };
    },
    createOscillator() {
      let onS = 0;
      const oscillator = {
        type: '',
        frequency: { value: 0 },
        connect: (next: unknown) => next,
        start: (atS: number) => {
          onS = atS;
        },
        stop: (atS: number) =>
          played.push({ hertz: oscillator.frequency.value, wave: oscillator.type, onS, offS: atS }),
      };
      return oscillator;
    },
  };
  return { context, played, muted };
}

function device(settings: FeedbackSettings = defaultFeedbackSettings) {
  const audio = audioDouble();
  const pulses: (readonly number[])[] = [];
  const feedback = createFeedback({
    openAudio: () => audio.context as unknown as AudioContext,
    vibrate: (pattern) => pulses.push(pattern) > 0,
    settings: () => settings,
  });
  const { context, played, muted } = audio;
  return { context, played, muted, pulses, feedback };
}

describe('feedback', () => {
  it('is silent until the first touch, and says so', () => {
    const { feedback, played } = device();
    expect(feedback.play('ok')).toEqual({ isHeard: false, isFelt: true });
    expect(played).toEqual([]);
    feedback.unlock();
    expect(feedback.play('ok')).toEqual({ isHeard: true, isFelt: true });
    expect(played).toEqual([{ hertz: 1320, wave: 'sine', onS: 0, offS: 0.095 }]);
  });

  it('says when nothing got through, so that the screen can flash', () => {
    const feedback = createFeedback({
      openAudio: () => null,
      vibrate: null,
      settings: () => defaultFeedbackSettings,
    });
    feedback.unlock();
    expect(feedback.play('blocked')).toEqual({ isHeard: false, isFelt: false });
    const quiet = device({ volume: 0, isVibrating: false });
    quiet.feedback.unlock();
    expect(quiet.feedback.play('ok')).toEqual({ isHeard: false, isFelt: false });
  });

  it('queues in the clock of the audio device', () => {
    const { feedback, played, context } = device();
    feedback.unlock();
    context.currentTime = 10;
    feedback.play('ok');
    feedback.play('ok');
    expect(played[1]?.onS).toBeGreaterThan(played[0]?.offS ?? Infinity);
  });

  it('mutes what sounds when blocked comes', () => {
    const { feedback, played, muted, context } = device();
    feedback.unlock();
    feedback.play('unknown');
    context.currentTime = 0.1;
    feedback.play('blocked');
    expect(muted).toEqual([0.1]);
    expect(played.at(-1)).toEqual({ hertz: 196, wave: 'square', onS: 0.1, offS: 0.545 });
  });

  it('plays the five one after the other to learn them', () => {
    const { feedback, played, muted } = device();
    feedback.playAll();
    expect(played.map((tone) => tone.hertz)).toEqual([1320, 880, 880, 520, 390, 660, 660, 660, 196]);
    expect(muted).toEqual([]);
    const starts = played.map((tone) => tone.onS);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
  });
});
