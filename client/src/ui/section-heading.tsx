import type { ReactNode } from 'react';

/** Names a group of rows; `note` says by what they are ordered, `end` how fresh or how many they are. */
export function SectionHeading({
  children,
  note,
  end,
}: {
  readonly children: ReactNode;
  readonly note?: ReactNode;
  readonly end?: ReactNode;
}) {
  return (
    <div className="flex items-baseline gap-2 border-b border-border px-4 pt-4 pb-2 tablet:pt-3 tablet:pb-1.5">
      <h2 className="text-[16px] tablet:text-[13px]">{children}</h2>
      {note !== undefined && (
        <span className="text-[14px] text-muted-foreground tablet:text-[12px]">{note}</span>
      )}
      {end !== undefined && (
        <span className="ms-auto text-[14px] text-muted-foreground tablet:text-[12px]">{end}</span>
      )}
    </div>
  );
}
