import { classNames } from './class-names.ts';

/** Where a thing lies, big enough to read at arm's length. `away` is on another event; `case` is inside one. */
export function PlaceChip({
  children,
  kind = 'here',
}: {
  readonly children: string;
  readonly kind?: 'here' | 'case' | 'away';
}) {
  return (
    <span
      className={classNames(
        'inline-flex min-h-9 max-w-full items-center truncate rounded-control px-2.5 text-[16px] tablet:min-h-6 tablet:px-2 tablet:text-[13px]',
        kind === 'here' && 'bg-secondary font-mono font-semibold',
        kind === 'case' && 'border border-border bg-secondary font-mono font-semibold',
        kind === 'away' && 'border border-wrong font-medium text-wrong-text narrow',
      )}
    >
      <span className="truncate">{children}</span>
    </span>
  );
}
