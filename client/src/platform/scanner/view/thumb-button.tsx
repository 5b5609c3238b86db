import type { ComponentProps, ReactNode } from 'react';
import { classNames } from '#ui/class-names.ts';

/** A side button of the thumb bar: icon, word, and what exactly it acts on. */
export function ThumbButton({
  icon,
  hint,
  children,
  className,
  ...rest
}: ComponentProps<'button'> & { readonly icon: ReactNode; readonly hint?: string }) {
  return (
    <button
      type="button"
      className={classNames(
        'flex min-h-18 w-[88px] flex-none flex-col items-center justify-center gap-0.5 rounded-panel border border-border bg-secondary px-0.5 text-center text-[15px] leading-tight font-semibold hover:bg-hover disabled:opacity-45',
        className,
      )}
      {...rest}
    >
      {icon}
      <span className="narrower max-w-full truncate">{children}</span>
      {hint !== undefined && (
        <span className="narrow max-w-full truncate text-[12.5px] font-normal text-muted-foreground">
          {hint}
        </span>
      )}
    </button>
  );
}
