import type { StocktakeId } from '@eventkit/shared/kernel/ids.ts';
import { Link } from '@tanstack/react-router';
import { ChevronRight, ClipboardList, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import { Button } from '#ui/button.tsx';
import { Chip } from '#ui/chip.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Screen } from '#ui/screen.tsx';
import { ScreenHeader } from '#ui/screen-header.tsx';
import { OpenSheet } from './open-sheet.tsx';
import { STOCKTAKES, type StocktakeSummary } from './stocktake-queries.ts';

/** All stocktakes, and how to begin one. */
export function StocktakesScreen({ onOpened }: { readonly onOpened: (id: StocktakeId) => void }) {
  const { t } = useTranslation();
  const { rows, status } = useLiveQuery<StocktakeSummary>(STOCKTAKES);
  const [isOpening, setOpening] = useState(false);
  const begin = (
    <Button
      kind="primary"
      size="touch"
      icon={<Plus className="icon-lg" />}
      onClick={() => setOpening(true)}
      aria-keyshortcuts="n"
    >
      {t('stocktake.open')}
    </Button>
  );
  return (
    <Screen header={<ScreenHeader title={t('shell.nav.stocktakes')} facts={t('stocktake.facts')} />}>
      {status === 'ready' && rows.length === 0 ? (
        <EmptyState icon={<ClipboardList />} title={t('stocktake.emptyTitle')} action={begin}>
          {t('stocktake.emptyText')}
        </EmptyState>
      ) : (
        <div className="max-w-3xl">
          <ul className="border-t border-border">
            {rows.map((row) => (
              <Row key={row.id} row={row} />
            ))}
          </ul>
          <div className="p-4">{begin}</div>
        </div>
      )}
      <OpenSheet isOpen={isOpening} onClose={() => setOpening(false)} onOpened={onOpened} />
    </Screen>
  );
}

function Row({ row }: { readonly row: StocktakeSummary }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <li className="border-b border-rule">
      <Link
        to="/stocktakes/$stocktakeId"
        params={{ stocktakeId: row.id }}
        className="flex min-h-18 items-center gap-3 px-4 py-2 hover:bg-hover active:bg-hover"
      >
        <span className="min-w-0 flex-1">
          <span className="block truncate text-[16px] font-medium">{row.name}</span>
          <span className="block truncate text-[14px] text-muted-foreground">
            {t('stocktake.openedBy', {
              time: format.timeOrDay(row.openedAt, nowForDisplay()),
              who: row.openedBy ?? '?',
            })}
            {' · '}
            {t('stocktake.lines', { count: row.lineCount, shown: format.count(row.lineCount) })}
          </span>
        </span>
        <Chip tone={row.status === 'approved' ? 'good' : row.status === 'closed' ? 'warn' : 'info'}>
          {t(`stocktake.status.${row.status}`)}
        </Chip>
        <ChevronRight className="icon-lg text-faint-foreground" aria-hidden="true" />
      </Link>
    </li>
  );
}
