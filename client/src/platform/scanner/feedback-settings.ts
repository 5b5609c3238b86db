import { defaultFeedbackSettings, type FeedbackSettings } from './feedback.ts';

const KEY = 'eventkit.feedback';

/** Settings of this device; the default where there are none or they cannot be read. */
export function loadFeedbackSettings(storage: Pick<Storage, 'getItem'>): FeedbackSettings {
  const text = storage.getItem(KEY);
  if (text === null) return defaultFeedbackSettings;
  const [volume, vibrating] = text.split(' ');
  const level = Number(volume);
  return {
    volume: level >= 0 && level <= 1 ? level : defaultFeedbackSettings.volume,
    isVibrating: vibrating !== 'still',
  };
}

export function saveFeedbackSettings(storage: Pick<Storage, 'setItem'>, settings: FeedbackSettings): void {
  storage.setItem(KEY, `${settings.volume} ${settings.isVibrating ? 'pulse' : 'still'}`);
}
