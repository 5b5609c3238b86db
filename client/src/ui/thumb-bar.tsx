import type { ReactNode } from 'react';

/** What acts, in the lower part of a phone: buttons of 56 to 72 px, 8 px apart, 20 px above the edge. */
export function ThumbBar({ children }: { readonly children: ReactNode }) {
  return (
    <div className="safe-bottom flex flex-none items-stretch gap-2 border-t border-border bg-surface px-2 pt-2">
      {children}
    </div>
  );
}
