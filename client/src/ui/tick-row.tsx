import type { ReactNode } from 'react';

/** A line to tick, 48 px high where fingers do it. */
export function TickRow({
  isTicked,
  onChange,
  children,
}: {
  readonly isTicked: boolean;
  readonly onChange: (isTicked: boolean) => void;
  readonly children: ReactNode;
}) {
  return (
    <label className="flex min-h-12 cursor-pointer items-center gap-3 border-b border-rule text-[16px] hover:bg-hover tablet:min-h-8 tablet:text-[14px]">
      <input
        type="checkbox"
        className="size-5 flex-none accent-primary tablet:size-4"
        checked={isTicked}
        onChange={({ target }) => onChange(target.checked)}
      />
      {children}
    </label>
  );
}
