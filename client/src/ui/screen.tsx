import type { ReactNode } from 'react';

/** A screen whose middle scrolls: header on top, content, at will an acting bar below. */
export function Screen({
  header,
  footer,
  children,
}: {
  readonly header?: ReactNode;
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {header}
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto *:shrink-0 overscroll-contain pb-6 tablet:pb-0">
        {children}
      </div>
      {footer}
    </div>
  );
}
