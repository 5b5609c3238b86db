import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDevice, usePlatform } from '#platform/live/replica-context.tsx';
import { TextField } from '#ui/text-field.tsx';

/** Kept when the field is left, like every form here. */
export function DeviceNameForm() {
  const { t } = useTranslation();
  const platform = usePlatform();
  const device = useDevice();
  const [name, setName] = useState(device.name);
  const [isKept, setKept] = useState(false);
  const trimmed = name.trim();

  const keep = async () => {
    if (trimmed === '' || trimmed === device.name) return;
    await platform.renameDevice(trimmed);
    setKept(true);
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void keep();
      }}
    >
      <TextField
        label={t('session.more.deviceName')}
        value={name}
        maxLength={80}
        onChange={(event) => {
          setName(event.target.value);
          setKept(false);
        }}
        onBlur={() => void keep()}
        error={trimmed === '' ? t('session.more.deviceNameEmpty') : null}
      />
      <p className="mt-1.5 text-[14px] text-muted-foreground tablet:text-[12px]" aria-live="polite">
        {isKept ? `${t('session.more.deviceNameKept')} · ` : ''}
        {t('session.more.deviceNameHint')} ·{' '}
        {device.isRegistered ? t('session.more.deviceRegistered') : t('session.more.deviceUnregistered')}
      </p>
    </form>
  );
}
