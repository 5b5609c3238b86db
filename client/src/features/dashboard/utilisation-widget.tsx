import type { WidgetDays } from '@eventkit/shared/dashboards/widgets.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTimeZone } from '#i18n/time-zone.ts';
import { useFormat } from '#i18n/use-format.ts';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import { Button } from '#ui/button.tsx';
import { bindingEvents } from './count-events.ts';
import {
  countUtilisation,
  type Demand,
  type Owned,
  shareOf,
  type Use,
  type Utilisation,
} from './count-utilisation.ts';
import { DEMANDS, EVENTS, type EventToCount, FLEET } from './dashboard-queries.ts';
import { WidgetNote } from './event-line.tsx';
import { localDays } from './local-days.ts';

const DayChart = lazy(async () => ({ default: (await import('./day-chart.tsx')).DayChart }));

/** How much of the stock is planned out, by day and by category, as a chart or as a table. */
export function UtilisationWidget({ days, now }: { readonly days: WidgetDays; readonly now: Instant }) {
  const { t } = useTranslation();
  const format = useFormat();
  const timeZone = useTimeZone();
  const [isTable, setIsTable] = useState(false);
  const events = useLiveQuery<EventToCount>(EVENTS);
  const demands = useLiveQuery<Demand>(DEMANDS);
  const fleet = useLiveQuery<Owned>(FLEET);
  const today = localDays(now, 1, timeZone)[0]?.from ?? now;
  const use = useMemo(
    () =>
      countUtilisation(
        bindingEvents(events.rows),
        demands.rows,
        fleet.rows,
        localDays(today, days, timeZone),
      ),
    [events.rows, demands.rows, fleet.rows, today, days, timeZone],
  );
  const isReady = [events, demands, fleet].every(({ status }) => status === 'ready');
  if (!isReady) return null;
  const peak = use.byDay.toSorted((a, b) => shareOf(b) - shareOf(a))[0];
  if (fleet.rows.length === 0 || peak === undefined)
    return <WidgetNote>{t('dashboard.nothingOwned')}</WidgetNote>;
  const average = {
    used: use.byDay.reduce((sum, { used }) => sum + used, 0),
    owned: peak.owned * use.byDay.length,
  };
  return (
    <div className="grid gap-3 px-4 py-3">
      <div className="flex flex-wrap items-center gap-2">
        <p className="min-w-0 flex-1 basis-60">
          {t('dashboard.share', {
            share: format.count(percentOf(average)),
            owned: format.count(peak.owned),
            peak: format.count(percentOf(peak)),
            day: format.day(peak.day.from),
          })}
        </p>
        <Button kind="outline" onClick={() => setIsTable(!isTable)}>
          {isTable ? t('dashboard.asChart') : t('dashboard.asTable')}
        </Button>
      </div>
      {!isTable && (
        <Suspense fallback={<div className="h-45" />}>
          <DayChart days={use.byDay} label={t('dashboard.chartLabel')} />
        </Suspense>
      )}
      <div className={isTable ? undefined : 'sr-only'}>
        <DayTable days={use.byDay} />
      </div>
      <Categories use={use} days={days} />
      <p className="text-[14px] text-muted-foreground tablet:text-[12px]">{t('dashboard.explainUse')}</p>
    </div>
  );
}

function DayTable({ days }: { readonly days: Utilisation['byDay'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <table className="w-full max-w-xl">
      <caption className="sr-only">{t('dashboard.chartLabel')}</caption>
      <thead>
        <tr className="border-b border-border text-start text-muted-foreground">
          <th scope="col" className="py-1 font-medium">
            {t('dashboard.day')}
          </th>
          <th scope="col" className="py-1 text-end font-medium">
            {t('dashboard.used')}
          </th>
          <th scope="col" className="py-1 text-end font-medium">
            {t('dashboard.ofStock')}
          </th>
          <th scope="col" className="py-1 text-end font-medium">
            {t('dashboard.shareOfStock')}
          </th>
        </tr>
      </thead>
      <tbody>
        {days.map(({ day, ...use }) => (
          <tr key={day.from} className="border-b border-rule">
            <th scope="row" className="py-1 text-start font-normal">
              {format.day(day.from)}
            </th>
            <td className="py-1 text-end">{format.count(use.used)}</td>
            <td className="py-1 text-end">{format.count(use.owned)}</td>
            <td className="py-1 text-end font-medium">
              {t('dashboard.percent', { share: format.count(percentOf(use)) })}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Each category with its share as a bar beside the figure. */
function Categories({ use: { byCategory }, days }: { readonly use: Utilisation; readonly days: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section>
      <h3 className="mb-1 text-[14px] font-medium tablet:text-[12px]">
        {t('dashboard.categories', { count: days })}
      </h3>
      <ul className="grid gap-x-8 laptop:grid-cols-2">
        {byCategory.map(({ category, ...use }) => (
          <li key={category} className="grid grid-cols-[9rem_1fr_3.5rem] items-center gap-3 py-1">
            <span className="truncate">{category === '' ? t('dashboard.otherCategory') : category}</span>
            <span className="h-2 overflow-hidden rounded-chip bg-muted" aria-hidden="true">
              <span className="block h-full bg-primary" style={{ width: `${shareOf(use) * 100}%` }} />
            </span>
            <span className="text-end font-medium">
              {t('dashboard.percent', { share: format.count(percentOf(use)) })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** In whole percent, with one place below ten. */
function percentOf(use: Use): number {
  const percent = shareOf(use) * 100;
  return percent < 10 ? Math.round(percent * 10) / 10 : Math.round(percent);
}
