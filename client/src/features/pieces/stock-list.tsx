import { useFormat } from '#i18n/use-format.ts';
import { classNames } from '#ui/class-names.ts';
import { SectionHeading } from '#ui/section-heading.tsx';
import type { StockRow } from './pieces-queries.ts';

/** How many lie where, or what lies here; a touch chooses it. */
export function StockList({
  title,
  empty,
  stocks,
  nameOf,
  onPick,
}: {
  readonly title: string;
  readonly empty: string;
  readonly stocks: readonly StockRow[];
  readonly nameOf: (stock: StockRow) => string;
  readonly onPick: (stock: StockRow) => void;
}) {
  const format = useFormat();
  return (
    <section>
      <SectionHeading>{title}</SectionHeading>
      {stocks.length === 0 && <p className="px-4 py-3 text-muted-foreground">{empty}</p>}
      <ul>
        {stocks.map((stock) => (
          <li key={stock.id} className="border-b border-rule">
            <button
              type="button"
              onClick={() => onPick(stock)}
              className="flex min-h-12 w-full items-center gap-3 px-4 py-1.5 text-start hover:bg-hover focus-visible:-outline-offset-2"
            >
              <span className="min-w-0 flex-1 truncate">{nameOf(stock)}</span>
              <span
                className={classNames(
                  'text-[18px] font-semibold tabular-nums',
                  stock.quantity < 0 && 'text-blocked-text',
                )}
              >
                {format.count(stock.quantity)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
