import { classNames } from './class-names.ts';
import { layOutTicks, MOST_TICKS, type TickKind } from './lay-out-ticks.ts';

/**
 * One tick per wanted unit up to `most`, then shares: solid is scanned, hollow is missing here, hatched is away.
 */
export function Ticks({
  wanted,
  scanned,
  away = 0,
  most = MOST_TICKS,
  label,
  className,
}: {
  readonly wanted: number;
  readonly scanned: number;
  readonly away?: number;
  readonly most?: number;
  /** The same in words, for those who hear it. */
  readonly label: string;
  readonly className?: string;
}) {
  return (
    <div role="img" aria-label={label} className={classNames('flex h-3 gap-[1.5px]', className)}>
      {layOutTicks({ wanted, scanned, away }, most).map(({ key, kind, isGroupStart }) => (
        <span
          key={key}
          className={classNames('max-w-5 flex-1 rounded-[1px]', tickClass[kind], isGroupStart && 'ms-[3px]')}
        />
      ))}
    </div>
  );
}

const tickClass: Readonly<Record<TickKind, string>> = {
  scanned: 'bg-ok',
  missing: 'inset-ring-[1.5px] inset-ring-muted-foreground',
  away: 'hatched-wrong inset-ring inset-ring-wrong',
};
