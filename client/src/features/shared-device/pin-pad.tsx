import { Delete } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Large keys for gloves. A nought counts like every other digit, unlike on the pad for quantities. */
export function PinPad({
  pin,
  onPin,
  isBusy,
  submit,
}: {
  readonly pin: string;
  readonly onPin: (pin: string) => void;
  readonly isBusy: boolean;
  readonly submit: ReactNode;
}) {
  const { t } = useTranslation();
  const key = (digit: string) => (
    <button key={digit} type="button" className={KEY} disabled={isBusy} onClick={() => onPin(pin + digit)}>
      {digit}
    </button>
  );
  return (
    // The field keeps the focus, so that thumb and keyboard can take turns.
    <div className="grid grid-cols-3 gap-2" onPointerDown={(event) => event.preventDefault()}>
      {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map(key)}
      <button
        type="button"
        className={KEY}
        disabled={isBusy || pin === ''}
        aria-label={t('sharedDevice.deleteDigit')}
        onClick={() => onPin(pin.slice(0, -1))}
      >
        <Delete className="icon-lg" aria-hidden="true" />
      </button>
      {key('0')}
      {submit}
    </div>
  );
}

const KEY =
  'grid min-h-16 place-items-center rounded-control border border-border bg-secondary text-[26px] font-semibold select-none hover:bg-hover active:bg-hover disabled:opacity-45';
