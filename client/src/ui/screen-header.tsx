import type { ReactNode } from 'react';

/** Top of a screen: back, title, one line of facts, at most two actions. */
export function ScreenHeader({
  title,
  facts,
  back,
  actions,
}: {
  readonly title: ReactNode;
  readonly facts?: ReactNode;
  /** A 48 px control that leads out, phones only. */
  readonly back?: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <header className="flex min-h-14 flex-none items-center gap-2 px-4 py-2 tablet:min-h-12">
      {back !== undefined && <div className="-ms-3 flex-none tablet:hidden">{back}</div>}
      <div className="min-w-0 flex-1">
        <h1 className="truncate text-[20px] leading-tight narrow tablet:font-stretch-[96%]">{title}</h1>
        {facts !== undefined && (
          <p className="truncate text-[14px] text-muted-foreground tablet:text-[13px]">{facts}</p>
        )}
      </div>
      {actions !== undefined && <div className="flex flex-none items-center gap-2">{actions}</div>}
    </header>
  );
}
