import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { useIsStockHere } from '#platform/live/replica-context.tsx';
import { CountOf } from '#ui/count-of.tsx';
import { Ticks } from '#ui/ticks.tsx';
import type { PullList } from './read-pull-list.ts';

/** The one number of an event's page, what is missing beside it, and a tick for every unit. */
export function ProgressHead({ list }: { readonly list: PullList }) {
  const isStockHere = useIsStockHere();
  const { t } = useTranslation();
  const format = useFormat();
  const { scannedCount, wantedCount, missingCount, hereCount, awayCount, surplusCount } = list;
  const shown = (count: number) => ({ count, shown: format.count(count) });
  const nowhereCount = missingCount - hereCount - awayCount;
  const parts = [
    hereCount > 0 && t('planning.here', shown(hereCount)),
    awayCount > 0 && t('planning.away', shown(awayCount)),
    nowhereCount > 0 && t('planning.nowhere', shown(nowhereCount)),
    surplusCount > 0 && t('planning.surplus', shown(surplusCount)),
  ].filter((part) => part !== false);
  const standing = missingCount === 0 ? t('planning.complete') : t('planning.missing', shown(missingCount));
  return (
    <div className="px-4 pt-2 pb-3 tablet:pt-4">
      <div className="flex items-end gap-3">
        <CountOf
          done={isStockHere ? format.count(scannedCount) : '–'}
          of={format.count(wantedCount)}
          size="big"
        />
        <div className="min-w-0 flex-1 text-end leading-tight">
          <p className="text-[17px] font-semibold">{isStockHere ? standing : t('planning.stockComing')}</p>
          <p className="text-[14px] text-muted-foreground narrow tablet:text-[12px]">
            {isStockHere && parts.join(' · ')}
          </p>
        </div>
      </div>
      <Ticks
        className="mt-3"
        wanted={wantedCount}
        scanned={scannedCount}
        away={awayCount}
        label={t('planning.progress', {
          done: format.count(scannedCount),
          of: format.count(wantedCount),
        })}
      />
    </div>
  );
}
