import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import type { EventLoad } from '#platform/scanner/read-event-load.ts';
import { CountOf } from '#ui/count-of.tsx';
import { Ticks } from '#ui/ticks.tsx';
import type { MissingLine } from './read-missing.ts';

/** How far the loading is: the one big number, a tick for each unit, and how much of the rest can be had. */
export function LoadHead({
  load,
  missing,
}: {
  readonly load: EventLoad;
  readonly missing: readonly MissingLine[];
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const done = format.count(load.outCount);
  const of = format.count(load.wantedCount);
  const missingCount = load.wantedCount - load.outCount;
  const inStock = missing.reduce((sum, line) => sum + Math.min(line.missing, countHere(line)), 0);
  const away = missing.reduce(
    (sum, line) => sum + Math.min(Math.max(0, line.missing - countHere(line)), countAway(line)),
    0,
  );
  return (
    <section className="flex-none px-4 pb-2.5">
      <div className="flex items-end justify-between gap-3 pb-2">
        <CountOf done={done} of={of} size="big" />
        <p className="text-end text-[14px] leading-snug text-muted-foreground">
          <span className="block text-[17px] font-semibold text-foreground">
            {missingCount === 0
              ? t('scanning.nothingMissing')
              : t('scanning.missing', { count: missingCount, shown: format.count(missingCount) })}
          </span>
          {missingCount > 0 &&
            (away > 0
              ? t('scanning.inStockAway', { inStock: format.count(inStock), away: format.count(away) })
              : t('scanning.inStock', { count: inStock, shown: format.count(inStock) }))}
        </p>
      </div>
      <Ticks
        wanted={load.wantedCount}
        scanned={load.outCount}
        away={away}
        label={t('scanning.progress', { done, of })}
      />
    </section>
  );
}

function countHere(line: MissingLine): number {
  return line.places.reduce((sum, place) => sum + (place.kind === 'location' ? place.count : 0), 0);
}

function countAway(line: MissingLine): number {
  return line.places.reduce((sum, place) => sum + (place.kind === 'away' ? place.count : 0), 0);
}
