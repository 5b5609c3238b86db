import { type CSSProperties, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsWithout } from '#platform/rpc/view/server-screen.tsx';
import type { RefusedEntry, SharedDevice } from '#platform/shared-device/shared-device.ts';
import { Button } from '#ui/button.tsx';
import type { Entering } from './lock-screen.tsx';
import { PinPad } from './pin-pad.tsx';

const LEAST_DIGITS = 4;
const DIGITS = /^[0-9]{0,12}$/;

/** Takes a PIN, by thumb or keyboard, and lets its person in. */
export function EnterPin({
  device,
  entering,
  waitMs,
  onLeave,
}: {
  readonly device: SharedDevice;
  readonly entering: Entering;
  /** What is left of the wait after wrong PINs, as it goes by. */
  readonly waitMs: number;
  readonly onLeave: () => void;
}) {
  const { t } = useTranslation();
  const isWithout = useIsWithout();
  const [pin, setPin] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [refused, setRefused] = useState<RefusedEntry | null>(null);
  const isKnown = 'known' in entering;
  const isWaiting = waitMs > 0;
  const isReady = pin.length >= LEAST_DIGITS && !isBusy && !isWaiting;

  const field = useRef<HTMLInputElement>(null);
  const type = (next: string) => {
    if (isBusy || !DIGITS.test(next)) return;
    setRefused(null);
    setPin(next);
  };
  const submit = async () => {
    if (!isReady) return;
    setBusy(true);
    const entered = isKnown
      ? await device.unlock(entering.known.enrolmentId, pin)
      : await device.enrol(entering.badgeCode, pin);
    if (entered.ok) return;
    setBusy(false);
    setPin('');
    setRefused(entered.error);
    field.current?.focus();
  };

  return (
    <form
      className="m-auto grid w-full max-w-sm gap-4 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      onKeyDown={({ key }) => {
        if (key === 'Escape') onLeave();
      }}
    >
      <h1 className="text-center text-[24px] font-semibold">
        {isKnown ? entering.known.name : t('sharedDevice.firstTime')}
      </h1>
      {!isKnown && (
        <p className="text-center text-muted-foreground">
          {t(isWithout ? 'sharedDevice.firstTimeOffline' : 'sharedDevice.firstTimeText')}
        </p>
      )}
      <input
        ref={field}
        aria-label={t('sharedDevice.pinWanted')}
        placeholder={t('sharedDevice.pinWanted')}
        type="text"
        inputMode="none"
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: nothing else is asked for here, and a keyboard types at once
        autoFocus
        value={pin}
        onChange={({ target }) => type(target.value)}
        style={{ WebkitTextSecurity: 'disc' } as CSSProperties}
        className="h-14 rounded-control border border-input bg-surface text-center text-[24px] tracking-[0.3em] placeholder:text-[16px] placeholder:tracking-normal placeholder:text-muted-foreground"
      />
      <p className="min-h-12 text-center text-wrong-text" aria-live="polite">
        {isWaiting ? t('sharedDevice.wait', { time: clockOf(waitMs) }) : refused && <Refused why={refused} />}
      </p>
      <PinPad
        pin={pin}
        onPin={type}
        isBusy={isBusy}
        submit={
          <Button type="submit" kind="primary" size="touch" disabled={!isReady} className="min-h-16">
            {t(isBusy ? 'sharedDevice.opening' : 'sharedDevice.open')}
          </Button>
        }
      />
      <Button kind="outline" size="touch" onClick={onLeave}>
        {t('sharedDevice.someoneElse')}
      </Button>
    </form>
  );
}

function Refused({ why }: { readonly why: RefusedEntry }): string {
  const { t } = useTranslation();
  switch (why.tag) {
    case 'wrong':
      return t('sharedDevice.wrong');
    case 'wait':
      return t('sharedDevice.wait', { time: clockOf(why.waitMs) });
    case 'no_signal':
      return t('sharedDevice.noSignal');
    case 'not_shared':
      return t('sharedDevice.notShared');
  }
}

/** Minutes and seconds, as 2:05. */
function clockOf(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
