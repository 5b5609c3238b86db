import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ServerReads } from '#platform/rpc/server-reads.tsx';
import { BackToMore, ServerNotices, useIsWithout } from '#platform/rpc/view/server-screen.tsx';
import { Button } from '#ui/button.tsx';
import { Notice } from '#ui/notice.tsx';
import { Screen } from '#ui/screen.tsx';
import { ScreenHeader } from '#ui/screen-header.tsx';
import { TextField } from '#ui/text-field.tsx';
import { useOwnPin, useSetPin } from './use-badges.ts';

const MOST_DIGITS = 12;

/** Where a person chooses their PIN for shared devices, on a device of their own. */
export function OwnPinScreen() {
  return (
    <ServerReads>
      <OwnPin />
    </ServerReads>
  );
}

function OwnPin() {
  const { t } = useTranslation();
  const isWithout = useIsWithout();
  const { data, error, refetch } = useOwnPin(!isWithout);
  return (
    <Screen
      header={
        <ScreenHeader
          back={<BackToMore />}
          title={t('sharedDevice.pin.title')}
          facts={t('sharedDevice.pin.explain')}
        />
      }
    >
      <div className="grid max-w-md gap-4">
        <ServerNotices
          isWithout={isWithout}
          hasData={data !== undefined}
          error={error}
          offlineText={t('sharedDevice.pin.offlineText')}
          onAgain={() => void refetch()}
        />
        {data !== undefined && (
          <div className="grid gap-4 px-4">
            <p>
              {t(data.hasPin ? 'sharedDevice.pin.isSet' : 'sharedDevice.pin.isNotSet')}{' '}
              {!data.hasBadge && t('sharedDevice.pin.noBadge')}
            </p>
            <PinForm leastDigits={data.leastDigits} isWithout={isWithout} />
          </div>
        )}
      </div>
    </Screen>
  );
}

function PinForm({ leastDigits, isWithout }: { readonly leastDigits: number; readonly isWithout: boolean }) {
  const { t } = useTranslation();
  const set = useSetPin();
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [isChecked, setChecked] = useState(false);
  const isLongEnough = /^[0-9]+$/.test(pin) && pin.length >= leastDigits;
  const isSame = pin === again;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!isLongEnough || !isSame) return;
    set.mutate(pin, {
      onSuccess: () => {
        setPin('');
        setAgain('');
        setChecked(false);
      },
    });
  };
  const digits = {
    type: 'password',
    inputMode: 'numeric',
    autoComplete: 'off',
    maxLength: MOST_DIGITS,
  } as const;
  return (
    <form className="grid gap-4" onSubmit={submit} noValidate>
      <TextField
        {...digits}
        label={t('sharedDevice.pin.new', { count: leastDigits })}
        value={pin}
        onChange={({ target }) => setPin(target.value)}
        error={isChecked && !isLongEnough ? t('sharedDevice.pin.tooShort', { count: leastDigits }) : null}
      />
      <TextField
        {...digits}
        label={t('sharedDevice.pin.again')}
        value={again}
        onChange={({ target }) => setAgain(target.value)}
        error={isChecked && isLongEnough && !isSame ? t('sharedDevice.pin.different') : null}
      />
      <div aria-live="polite">
        {set.isError && <Notice tone="alarm" title={t('sharedDevice.pin.failed')} />}
        {set.isSuccess && pin === '' && <Notice title={t('sharedDevice.pin.saved')} />}
      </div>
      <Button type="submit" kind="primary" size="touch" disabled={isWithout || set.isPending}>
        {t('sharedDevice.pin.save')}
      </Button>
    </form>
  );
}
