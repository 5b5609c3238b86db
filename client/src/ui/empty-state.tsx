import type { ReactNode } from 'react';

/** What belongs here and how it gets here. */
export function EmptyState({
  icon,
  title,
  children,
  action,
}: {
  readonly icon: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className="mx-auto flex max-w-sm flex-col items-center px-6 py-12 text-center">
      <div className="mb-4 grid size-14 place-items-center rounded-sheet border border-border text-muted-foreground [&_svg]:size-7">
        {icon}
      </div>
      <h2 className="text-[17px] tablet:text-[15px]">{title}</h2>
      {children !== undefined && <div className="mt-1.5 text-muted-foreground">{children}</div>}
      {action !== undefined && <div className="mt-5">{action}</div>}
    </div>
  );
}
