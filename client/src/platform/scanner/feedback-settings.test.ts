import { describe, expect, it } from 'vitest';
import { defaultFeedbackSettings } from './feedback.ts';
import { loadFeedbackSettings, saveFeedbackSettings } from './feedback-settings.ts';

function storage(initial: string | null = null) {
  let kept = initial;
  return {
    getItem: () => kept,
    setItem: (_key: string, value: string) => {
      kept = value;
    },
  };
}

describe('feedback settings', () => {
  it('come back as they were saved', () => {
    const kept = storage();
    saveFeedbackSettings(kept, { volume: 0.35, isVibrating: false });
    expect(loadFeedbackSettings(kept)).toEqual({ volume: 0.35, isVibrating: false });
  });

  it('fall back where storage holds nothing or nonsense', () => {
    expect(loadFeedbackSettings(storage())).toEqual(defaultFeedbackSettings);
    expect(loadFeedbackSettings(storage('loud'))).toEqual(defaultFeedbackSettings);
    expect(loadFeedbackSettings(storage('7 pulse'))).toEqual(defaultFeedbackSettings);
  });
});
