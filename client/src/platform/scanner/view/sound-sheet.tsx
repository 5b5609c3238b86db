import { Volume2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { feedbackOfThisDevice } from '#platform/scanner/device-feedback.ts';
import type { FeedbackSettings } from '#platform/scanner/feedback.ts';
import { loadFeedbackSettings, saveFeedbackSettings } from '#platform/scanner/feedback-settings.ts';
import { Button } from '#ui/button.tsx';
import { Segmented } from '#ui/segmented.tsx';
import { Sheet } from '#ui/sheet.tsx';

/** How loud this device is, whether it pulses, and the five sounds to learn them. */
export function SoundSheet({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Sheet title={t('scanning.sound.title')} isOpen={isOpen} onClose={onClose} closeLabel={t('common.close')}>
      <SoundSettings />
    </Sheet>
  );
}

export function SoundSettings() {
  const { t } = useTranslation();
  const [settings, setSettings] = useState(() => loadFeedbackSettings(localStorage));
  const change = (next: FeedbackSettings) => {
    saveFeedbackSettings(localStorage, next);
    setSettings(next);
  };
  return (
    <div className="flex flex-col gap-5">
      <label className="block">
        <span className="mb-1.5 block text-[14px] font-medium tablet:text-[12px]">
          {t('scanning.sound.volume')}
        </span>
        <input
          type="range"
          min={0}
          max={100}
          step={5}
          value={Math.round(settings.volume * 100)}
          onChange={(event) => change({ ...settings, volume: Number(event.target.value) / 100 })}
          className="h-12 w-full accent-primary tablet:h-8"
        />
      </label>
      <Segmented
        legend={t('scanning.sound.vibration')}
        value={settings.isVibrating ? 'on' : 'off'}
        choices={[
          { value: 'on', label: t('scanning.sound.on') },
          { value: 'off', label: t('scanning.sound.off') },
        ]}
        onChange={(value) => change({ ...settings, isVibrating: value === 'on' })}
      />
      <Button
        size="touch"
        className="justify-start py-2.5"
        icon={<Volume2 className="icon-lg" />}
        hint={t('scanning.sound.testHint')}
        onClick={() => feedbackOfThisDevice().playAll()}
      >
        {t('scanning.sound.test')}
      </Button>
    </div>
  );
}
