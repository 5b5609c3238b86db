import { type ComponentProps, useId } from 'react';
import { classNames } from './class-names.ts';

/** Label above, the device's own list of choices below: nothing is quicker with gloves. Error below in words with the fix. */
export function SelectField({
  label,
  hint,
  error = null,
  className,
  children,
  ...rest
}: Omit<ComponentProps<'select'>, 'id'> & {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | null;
}) {
  const id = useId();
  const below = error ?? hint;
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1.5 block text-[14px] font-medium tablet:text-[12px]">
        {label}
      </label>
      <select
        id={id}
        aria-invalid={error !== null}
        aria-describedby={below === undefined ? undefined : `${id}-below`}
        className={classNames(
          'h-12 w-full rounded-control border border-input bg-background px-3 text-[16px] disabled:opacity-45 tablet:h-9 tablet:text-[14px]',
          error !== null && 'border-blocked',
        )}
        {...rest}
      >
        {children}
      </select>
      {below !== undefined && (
        <p
          id={`${id}-below`}
          className={
            error === null
              ? 'mt-1.5 text-[14px] text-muted-foreground tablet:text-[12px]'
              : 'mt-1.5 text-blocked-text'
          }
        >
          {below}
        </p>
      )}
    </div>
  );
}
