import type { ReactNode } from 'react';

/** The way to a row's own page, for new tabs and windows too; a plain press is heard by the grid (`on-row-press.ts`). */
export function RowLink({ to, children }: { readonly to: string; readonly children: ReactNode }) {
  return (
    <a href={to} data-row-link tabIndex={-1} className="hover:text-primary-text">
      {children}
    </a>
  );
}
