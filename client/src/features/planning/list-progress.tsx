import type { EventId } from '@eventkit/shared/kernel/ids.ts';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { useIsStockHere } from '#platform/live/replica-context.tsx';
import { CountOf } from '#ui/count-of.tsx';
import { Ticks } from '#ui/ticks.tsx';
import { usePullList } from './use-pull-list.ts';

/** How far an event's list is: the count, what is missing in words, a tick for every unit. For cards of other screens. */
export function ListProgress({ eventId }: { readonly eventId: EventId }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isStockHere = useIsStockHere();
  const list = usePullList(eventId);
  if (list === null) return <div className="h-16" />;
  const shown = (count: number) => ({ count, shown: format.count(count) });
  const missing = !isStockHere
    ? t('planning.stockComing')
    : list.missingCount === 0
      ? t('today.complete')
      : [
          t('today.missing', shown(list.missingCount)),
          list.awayCount > 0 ? t('today.away', shown(list.awayCount)) : '',
        ]
          .filter((part) => part !== '')
          .join(', ');
  return (
    <>
      <p className="mt-3 flex items-baseline gap-3">
        <CountOf
          done={isStockHere ? format.count(list.scannedCount) : '–'}
          of={format.count(list.wantedCount)}
        />
        <span className="min-w-0 truncate text-[16px] text-muted-foreground narrow tablet:text-[14px]">
          {missing}
        </span>
      </p>
      <Ticks
        className="mt-3"
        wanted={list.wantedCount}
        scanned={list.scannedCount}
        away={list.awayCount}
        label={t('today.progress', {
          done: format.count(list.scannedCount),
          of: format.count(list.wantedCount),
        })}
      />
    </>
  );
}
