import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';

/** An icon alone, 48 px: only for back, torch, camera, search and close. `label` is what it is called. */
export function IconButton({
  label,
  className,
  type = 'button',
  ...rest
}: ComponentProps<'button'> & { readonly label: string }) {
  return (
    <button
      type={type}
      aria-label={label}
      title={label}
      className={classNames(
        'grid size-12 place-items-center rounded-control text-muted-foreground hover:bg-hover hover:text-foreground tablet:size-8',
        className,
      )}
      {...rest}
    />
  );
}
