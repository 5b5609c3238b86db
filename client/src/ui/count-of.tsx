import { classNames } from './class-names.ts';

/** "47/52": how many of how many. `size` big is the one number a screen is about. */
export function CountOf({
  done,
  of,
  size = 'medium',
}: {
  readonly done: string;
  readonly of: string;
  readonly size?: 'big' | 'medium' | 'small';
}) {
  return (
    <span
      className={classNames(
        'narrower font-semibold tracking-[-0.02em] whitespace-nowrap',
        size === 'big' && 'text-[60px] leading-[0.86]',
        size === 'medium' && 'text-[34px] leading-none',
        size === 'small' && 'text-[17px] leading-none',
      )}
    >
      {done}
      <span className="text-[0.55em] font-normal tracking-normal text-muted-foreground">/{of}</span>
    </span>
  );
}
