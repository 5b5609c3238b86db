import { type ComponentProps, type ReactNode, useId } from 'react';
import { classNames } from './class-names.ts';

/** Label above, field 48 px high; below it an error in words with the fix, else a hint, told as it changes. */
export function TextField({
  label,
  error,
  hint,
  icon,
  isLabelHidden = false,
  className,
  ...rest
}: ComponentProps<'input'> & {
  readonly label: string;
  readonly error?: string | null;
  readonly hint?: string | null | undefined;
  readonly icon?: ReactNode;
  readonly isLabelHidden?: boolean;
}) {
  const id = useId();
  const hasError = error !== undefined && error !== null;
  const hasHint = !hasError && hint !== undefined && hint !== null;
  return (
    <div className={className}>
      <label
        htmlFor={id}
        className={isLabelHidden ? 'sr-only' : 'mb-1.5 block text-[14px] font-medium tablet:text-[12px]'}
      >
        {label}
      </label>
      <div className="relative">
        {icon !== undefined && (
          <span className="pointer-events-none absolute inset-y-0 inset-s-3 grid place-items-center text-muted-foreground">
            {icon}
          </span>
        )}
        <input
          id={id}
          aria-invalid={hasError}
          aria-describedby={hasError ? `${id}-error` : hasHint ? `${id}-hint` : undefined}
          className={classNames(
            'h-12 w-full rounded-control border border-input bg-background px-3 text-[16px] placeholder:text-faint-foreground tablet:h-9 tablet:text-[14px]',
            icon !== undefined && 'ps-11 tablet:ps-10',
            hasError && 'border-blocked',
          )}
          {...rest}
        />
      </div>
      {hasError && (
        <p id={`${id}-error`} className="mt-1.5 text-blocked-text">
          {error}
        </p>
      )}
      {hasHint && (
        <p
          id={`${id}-hint`}
          aria-live="polite"
          className="mt-1.5 text-[14px] text-muted-foreground tablet:text-[12px]"
        >
          {hint}
        </p>
      )}
    </div>
  );
}
