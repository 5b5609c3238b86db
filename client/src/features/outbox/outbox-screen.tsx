import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { Archive, Send } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { usePlatform, useSyncState } from '#platform/live/replica-context.tsx';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Screen } from '#ui/screen.tsx';
import { ScreenHeader } from '#ui/screen-header.tsx';
import { Segmented } from '#ui/segmented.tsx';
import { type OutboxFilter, passes } from './describe-operation.ts';
import { OperationRow } from './operation-row.tsx';
import { OutboxNotices } from './outbox-notices.tsx';
import {
  OWN_OPERATION_COUNTS,
  OWN_OPERATIONS,
  type OwnOperationCounts,
  type OwnOperationRow,
} from './own-operations-queries.ts';

const PAGE = 200;
const filters = ['all', 'waiting', 'problems'] as const;

/** Every operation of this device with its state: nothing that was scanned is ever out of sight. */
export function OutboxScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  const { sync } = usePlatform();
  const { waitingCount, mode } = useSyncState();
  const [limit, setLimit] = useState(PAGE);
  const [filter, setFilter] = useState<OutboxFilter>('all');
  const { rows, status } = useLiveQuery<OwnOperationRow>(OWN_OPERATIONS, [limit]);
  const [counts] = useLiveQuery<OwnOperationCounts>(OWN_OPERATION_COUNTS).rows;
  const shown = rows.filter((row) => passes(filter, row));
  const now = nowForDisplay();
  const summaryOf = ({ waiting, settled, waitingFiles }: OwnOperationCounts) =>
    [
      t('outbox.summary', { waiting: format.count(waiting), settled: format.count(settled) }),
      ...(waitingFiles > 0
        ? [t('outbox.toGo.picture', { count: waitingFiles, shown: format.count(waitingFiles) })]
        : []),
    ].join(' · ');

  return (
    <Screen
      header={
        <ScreenHeader
          title={t('outbox.title')}
          facts={counts === undefined ? t('outbox.explain') : summaryOf(counts)}
          actions={
            waitingCount > 0 &&
            mode !== 'revoked' && (
              <Button kind="outline" icon={<Send className="icon" />} onClick={() => sync.wake()}>
                {t('outbox.sendNow')}
              </Button>
            )
          }
        />
      }
    >
      <div className="max-w-4xl px-4 pb-3">
        <Segmented<OutboxFilter>
          legend={t('outbox.filter')}
          isLegendHidden
          value={filter}
          choices={filters.map((value) => ({ value, label: t(`outbox.filters.${value}`) }))}
          onChange={setFilter}
        />
      </div>
      <OutboxNotices unsentCount={counts?.unsent ?? 0} />
      {shown.length === 0 && status === 'ready' && (
        <EmptyState
          icon={<Archive />}
          title={rows.length === 0 ? t('outbox.emptyTitle') : t('outbox.emptyFilter')}
        >
          {rows.length === 0 ? t('outbox.emptyText') : null}
        </EmptyState>
      )}
      <OperationList rows={shown} now={now} />
      {rows.length === limit && (
        <div className="p-4">
          <Button kind="outline" onClick={() => setLimit(limit + PAGE)}>
            {t('outbox.older')}
          </Button>
        </div>
      )}
    </Screen>
  );
}

function OperationList({ rows, now }: { readonly rows: readonly OwnOperationRow[]; readonly now: Instant }) {
  if (rows.length === 0) return null;
  return (
    <ul className="max-w-4xl border-t border-border">
      {rows.map((row) => (
        <OperationRow key={row.id} row={row} now={now} />
      ))}
    </ul>
  );
}
