import type { OperationId, StocktakeId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { Undo2 } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { useDevice, useSession } from '#platform/live/replica-context.tsx';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import { Button } from '#ui/button.tsx';
import { Notice } from '#ui/notice.tsx';
import { PartsNotice } from './parts-notice.tsx';
import type { StocktakeReading } from './read-variances.ts';
import { OWN_STANDING_APPROVALS } from './stocktake-queries.ts';
import { useNames } from './use-names.ts';
import { undosOf, useParts } from './use-parts.ts';

/** Who approved it and what came after; whoever approved on this device can take all of it back. */
export function ApprovedNotice({
  stocktakeId,
  reading,
}: {
  readonly stocktakeId: StocktakeId;
  readonly reading: StocktakeReading;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { deviceId } = useDevice();
  const { userId } = useSession();
  const { approved_at, approved_by } = reading.stocktake;
  const besides = useMemo(() => [approved_by], [approved_by]);
  const nameOf = useNames(NOTHING, besides);
  const own = useLiveQuery<{ id: OperationId }>(OWN_STANDING_APPROVALS, [stocktakeId, deviceId, userId]).rows;
  const undoing = useParts();
  const hasNews = reading.variances.some(({ news, isLateCount }) => news.length > 0 || isLateCount);
  return (
    <div className="flex flex-col gap-2 p-4">
      <Notice
        tone="good"
        title={t('stocktake.approvedBy', {
          time: approved_at === null ? '' : format.timeOrDay(approved_at as Instant, nowForDisplay()),
          who: nameOf(approved_by),
        })}
        actions={
          own.length === 0 ? undefined : (
            <Button
              icon={<Undo2 className="icon" />}
              disabled={undoing.progress !== null}
              onClick={() => undoing.record(undosOf(own.map(({ id }) => id)))}
            >
              {t('stocktake.takeBack')}
            </Button>
          )
        }
      />
      <PartsNotice parts={undoing} doing={t('stocktake.takingBack')} />
      {hasNews && (
        <Notice tone="warn" title={t('stocktake.lateTitle')}>
          {t('stocktake.lateText')}
        </Notice>
      )}
    </div>
  );
}

const NOTHING: readonly never[] = [];
