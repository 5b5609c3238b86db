import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { useIsStockHere } from '#platform/live/replica-context.tsx';
import { Chip } from '#ui/chip.tsx';
import { classNames } from '#ui/class-names.ts';
import { groupByCategory } from './group-by-category.ts';
import type { PullListLine } from './read-pull-list.ts';

/** The whole list by category: wanted, scanned and what is the matter with each line. */
export function PullListTable({ lines }: { readonly lines: readonly PullListLine[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <table className="w-full table-fixed narrow">
      <caption className="sr-only">{t('planning.pullList')}</caption>
      <thead className="sticky top-0 z-1 bg-surface text-[13px] text-muted-foreground tablet:text-[12px]">
        <tr className="[&>th]:h-9 [&>th]:border-b [&>th]:border-border [&>th]:font-medium tablet:[&>th]:h-7">
          <th scope="col" className="ps-4 text-start">
            {t('planning.pullList')}
            <span className="ps-2 font-normal">
              {t('planning.lineCount', { count: lines.length, shown: format.count(lines.length) })}
            </span>
          </th>
          <th scope="col" className="w-20 pe-3 text-end">
            {t('planning.scanned')}
          </th>
          <th scope="col" className="w-28 pe-4 text-start tablet:w-44">
            {t('planning.state')}
          </th>
        </tr>
      </thead>
      {groupByCategory(lines).map((group) => (
        <tbody key={group.category}>
          <tr className="bg-surface">
            <th scope="rowgroup" className="h-8 truncate ps-4 text-start tablet:h-7">
              {group.category}
            </th>
            <td className="pe-3 text-end text-muted-foreground">
              {group.scannedCount === 0 ? '–' : format.count(group.scannedCount)} /{' '}
              {format.count(group.wantedCount)}
            </td>
            <td />
          </tr>
          {group.lines.map((line) => (
            <LineRow key={line.lineId} line={line} />
          ))}
        </tbody>
      ))}
    </table>
  );
}

function LineRow({ line }: { readonly line: PullListLine }) {
  const isStockHere = useIsStockHere();
  const { t } = useTranslation();
  const format = useFormat();
  const isComplete = line.missingCount === 0;
  return (
    <tr className="border-b border-rule">
      <td className="h-12 truncate pe-2 ps-4 text-[15px] tablet:h-[30px] tablet:text-[13px]">
        {line.productName}
        {line.note !== '' && <span className="ps-2 text-muted-foreground">{line.note}</span>}
        {line.standIns.length > 0 && (
          <span className="ps-2 text-muted-foreground">
            {' '}
            {t('planning.standIns', { codes: line.standIns.join(' ') })}
          </span>
        )}
      </td>
      <td className="pe-3 text-end whitespace-nowrap">
        <span className={classNames('font-medium', line.scannedCount === 0 && 'text-faint-foreground')}>
          {line.scannedCount === 0 ? '–' : format.count(line.scannedCount)}
        </span>
        <span className="text-muted-foreground"> / {format.count(line.wantedCount)}</span>
      </td>
      <td className="truncate pe-4">
        <span className={classNames('flex flex-wrap gap-1', !isStockHere && 'hidden')}>
          {isComplete && line.surplusCount === 0 && <Chip tone="quiet">{t('planning.complete')}</Chip>}
          {line.nowhereCount > 0 ? (
            <Chip tone="alarm">
              {t('planning.missing', { count: line.missingCount, shown: format.count(line.missingCount) })}
            </Chip>
          ) : (
            !isComplete && (
              <Chip tone={line.awayCount > 0 ? 'warn' : 'plain'}>
                {t('planning.missing', { count: line.missingCount, shown: format.count(line.missingCount) })}
              </Chip>
            )
          )}
          {line.surplusCount > 0 && (
            <Chip tone="warn">
              {t('planning.surplus', { count: line.surplusCount, shown: format.count(line.surplusCount) })}
            </Chip>
          )}
        </span>
      </td>
    </tr>
  );
}
