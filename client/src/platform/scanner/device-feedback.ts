import { createFeedback, type Feedback } from './feedback.ts';
import { loadFeedbackSettings } from './feedback-settings.ts';

let feedback: Feedback | null = null;

/** The sounds and pulses of this device: one audio context for the page, or each screen would start silent. */
export function feedbackOfThisDevice(): Feedback {
  feedback ??= createFeedback({
    openAudio: () => ('AudioContext' in globalThis ? new AudioContext({ latencyHint: 'interactive' }) : null),
    vibrate: hasMotor() ? (pattern) => navigator.vibrate([...pattern]) : null,
    settings: () => loadFeedbackSettings(localStorage),
  });
  return feedback;
}

/** Unlocks the sound at the first touch or key; returns the way to stop listening. */
export function unlockOnFirstTouch(target: Window, of: Feedback): () => void {
  const unlock = () => of.unlock();
  target.addEventListener('pointerdown', unlock, { capture: true });
  target.addEventListener('keydown', unlock, { capture: true });
  return () => {
    target.removeEventListener('pointerdown', unlock, { capture: true });
    target.removeEventListener('keydown', unlock, { capture: true });
  };
}

/** Desktop browsers have the function, say yes to it, and nothing moves. */
function hasMotor(): boolean {
  return 'vibrate' in navigator && matchMedia('(pointer: coarse)').matches;
}
