import type { ComponentProps, ReactNode } from 'react';
import { type ButtonKind, type ButtonSize, buttonClass } from './button-class.ts';

export type ButtonProps = ComponentProps<'button'> & {
  readonly kind?: ButtonKind;
  readonly size?: ButtonSize;
  readonly icon?: ReactNode;
  /** A second, quieter line: what exactly happens. */
  readonly hint?: ReactNode;
};

/** A labelled button, `secondary` and `control` unless said otherwise. */
export function Button({
  kind = 'secondary',
  size = 'control',
  icon,
  hint,
  className,
  children,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button type={type} className={buttonClass(kind, size, className)} {...rest}>
      {icon}
      {hint === undefined ? (
        children
      ) : (
        <span className="flex min-w-0 flex-col items-start text-start">
          <span>{children}</span>
          <span className="text-[14px] font-normal opacity-90">{hint}</span>
        </span>
      )}
    </button>
  );
}
