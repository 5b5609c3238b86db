import type { EventId } from '@eventkit/shared/kernel/ids.ts';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { Ticks } from '#ui/ticks.tsx';
import { usePullList } from './use-pull-list.ts';

/** What is missing of an event's list, in a line and in ticks: for cards of other screens. */
export function ListProgress({ eventId }: { readonly eventId: EventId }) {
  const { t } = useTranslation();
  const format = useFormat();
  const list = usePullList(eventId);
  if (list === null) return <div className="h-9" />;
  const shown = (count: number) => ({ count, shown: format.count(count) });
  return (
    <>
      <p className="mt-1 truncate text-muted-foreground">
        {list.missingCount === 0
          ? t('today.complete')
          : [
              t('today.missing', shown(list.missingCount)),
              list.awayCount > 0 ? t('today.away', shown(list.awayCount)) : '',
            ]
              .filter((part) => part !== '')
              .join(', ')}
      </p>
      <Ticks
        className="mt-2.5"
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
