import { Delete } from 'lucide-react';
import type { ReactNode } from 'react';

/** More digits than anybody counts by hand are a slip. */
const MOST_DIGITS = 7;

/**
 * Big keys for gloves: digits, delete, one less and one more. `digits` is what stands on the display, '' for nothing
 * typed. `extra` and `main` are the keys of the screen itself, under plus and in the last column.
 */
export function NumberPad({
  digits,
  labels,
  onDigits,
  extra,
  main,
}: {
  readonly digits: string;
  /** For those who do not see the keys. */
  readonly labels: { readonly delete: string; readonly more: string; readonly less: string };
  readonly onDigits: (digits: string) => void;
  readonly extra: ReactNode;
  readonly main: ReactNode;
}) {
  const step = (by: number) => onDigits(String(Math.max(0, Number(digits) + by)));
  const key = (digit: string) => (
    <button key={digit} type="button" className={KEY} onClick={() => onDigits(typed(digits, digit))}>
      {digit}
    </button>
  );
  return (
    <div className="grid grid-cols-4 gap-2">
      {['7', '8', '9'].map(key)}
      <button
        type="button"
        className={KEY}
        aria-label={labels.delete}
        onClick={() => onDigits(digits.slice(0, -1))}
      >
        <Delete className="icon-lg" aria-hidden="true" />
      </button>
      {['4', '5', '6'].map(key)}
      <button type="button" className={KEY} onClick={() => step(1)}>
        <span aria-hidden="true">+1</span>
        <span className="sr-only">{labels.more}</span>
      </button>
      {['1', '2', '3'].map(key)}
      <button type="button" className={KEY} disabled={Number(digits) === 0} onClick={() => step(-1)}>
        <span aria-hidden="true">−1</span>
        <span className="sr-only">{labels.less}</span>
      </button>
      {extra}
      {key('0')}
      <div className="col-span-2 grid">{main}</div>
    </div>
  );
}

const KEY =
  'grid min-h-14 place-items-center rounded-control border border-border bg-secondary text-[22px] font-semibold select-none hover:bg-hover active:bg-hover disabled:opacity-45';

/** What stands there after one more digit; a leading nought gives way. */
export function typed(digits: string, digit: string): string {
  const next = digits === '0' ? digit : digits + digit;
  return next.length > MOST_DIGITS ? digits : next;
}
