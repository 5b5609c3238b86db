import type { ReactNode } from 'react';

/** A key on the keyboard. */
export function KeyCap({ children }: { readonly children: ReactNode }) {
  return (
    <kbd className="inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-chip border border-border bg-muted px-1 font-sans text-[11px] leading-none font-medium text-muted-foreground">
      {children}
    </kbd>
  );
}
