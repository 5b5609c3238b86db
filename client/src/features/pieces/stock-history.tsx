import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import { Chip } from '#ui/chip.tsx';
import { SectionHeading } from '#ui/section-heading.tsx';
import { STOCK_HISTORY, type StockHistoryRow } from './stock-history-query.ts';

/** What happened to one stock, the newest first. */
export function StockHistory({ stockId }: { readonly stockId: string }) {
  const { t } = useTranslation();
  const { rows } = useLiveQuery<StockHistoryRow>(STOCK_HISTORY, [stockId]);
  return (
    <section>
      <SectionHeading note={t('pieces.newestFirst')}>{t('pieces.history')}</SectionHeading>
      <ol>
        {rows.map((row) => (
          <Entry key={row.id} row={row} now={nowForDisplay()} />
        ))}
      </ol>
    </section>
  );
}

function Entry({ row, now }: { readonly row: StockHistoryRow; readonly now: Instant }) {
  const { t } = useTranslation();
  const format = useFormat();
  const shown = format.count(Math.abs(row.quantity));
  return (
    <li className="grid grid-cols-[1fr_auto] items-baseline gap-x-3 border-b border-rule px-4 py-2">
      <span className={row.isTakenBack === 1 ? 'line-through opacity-70' : ''}>
        {row.kind === 'move_bulk'
          ? t(row.quantity < 0 ? 'pieces.entry.less' : 'pieces.entry.more', {
              shown,
              place: row.otherName ?? t('pieces.entry.nowhere'),
            })
          : t(`pieces.entry.${row.kind}`, { shown })}
      </span>
      <span className="text-[14px] text-muted-foreground">{format.timeOrDay(row.effectiveAt, now)}</span>
      <span className="text-[14px] text-muted-foreground">
        {[
          row.who,
          row.device,
          row.disposition === null ? null : t(`checkin.disposition.${row.disposition}`),
          row.note,
        ]
          .filter((part) => part !== null)
          .join(' · ')}
      </span>
      {row.receivedAt === null && (
        <Chip tone="quiet" isDashed>
          {t('assets.notSent')}
        </Chip>
      )}
    </li>
  );
}
