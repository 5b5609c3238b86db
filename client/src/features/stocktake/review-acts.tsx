import type { StocktakeId } from '@eventkit/shared/kernel/ids.ts';
import { mayRecord } from '@eventkit/shared/permissions/permission-by-operation.ts';
import { Link } from '@tanstack/react-router';
import { ScanLine } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { usePlatform, useSession } from '#platform/live/replica-context.tsx';
import { Button } from '#ui/button.tsx';
import { buttonClass } from '#ui/button-class.ts';
import { ThumbBar } from '#ui/thumb-bar.tsx';
import { stillToApprove } from './approve-shown.ts';
import { PartsNotice } from './parts-notice.tsx';
import { needsSecondPerson, planApproval } from './plan-review.ts';
import type { StocktakeReading } from './read-variances.ts';
import { useParts } from './use-parts.ts';

/** Count on, close, or approve: what comes next. */
export function ReviewActs({
  stocktakeId,
  reading,
}: {
  readonly stocktakeId: StocktakeId;
  readonly reading: StocktakeReading;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { userId, permissions } = useSession();
  const approvals = planApproval(reading);
  const parts = useParts();
  const { replica } = usePlatform();
  const [approvedOf, setApprovedOf] = useState<StocktakeReading | null>(null);
  const approve = async () => {
    setApprovedOf(reading);
    parts.record(await stillToApprove(replica, stocktakeId, approvals, nowForDisplay()));
  };
  const missing = reading.variances.filter(({ outcome }) => outcome === 'missing').length;
  const changes = approvals.reduce((sum, { adjustments }) => sum + adjustments.length, 0);
  const isSecond = !needsSecondPerson(reading, userId);
  const canApprove = approvals.length > 0;
  const isAllowed = mayRecord('approve_stocktake', permissions);
  return (
    <div className="max-w-3xl">
      {reading.stocktake.status === 'open' && (
        <p className="px-4 py-2 text-[14px] text-muted-foreground">
          {missing > 0 && `${t('stocktake.missingNow', { count: missing, shown: format.count(missing) })} · `}
          {t('stocktake.closeHint')}
        </p>
      )}
      {(parts.progress !== null || parts.hasFailed) && (
        <div className="px-4 py-2 empty:hidden">
          <PartsNotice parts={parts} doing={t('stocktake.approving')} />
        </div>
      )}
      {canApprove && (
        <p className="px-4 py-2 text-[14px] text-muted-foreground">
          {t(
            !isAllowed
              ? 'stocktake.mayNotApprove'
              : isSecond
                ? 'stocktake.approveHint'
                : 'stocktake.secondPerson',
          )}
        </p>
      )}
      <ThumbBar>
        <Link
          to="/stocktakes/$stocktakeId/count"
          params={{ stocktakeId }}
          className={buttonClass(
            reading.stocktake.close_operation_id === null ? 'primary' : 'secondary',
            'touch',
            'flex-1',
          )}
        >
          <ScanLine className="icon-lg" aria-hidden="true" />
          {t('stocktake.count')}
        </Link>
        {reading.stocktake.status === 'open' && (
          <Button
            size="touch"
            className="flex-1"
            onClick={() => parts.record([{ kind: 'close_stocktake', stocktakeId }])}
          >
            {t('stocktake.close')}
          </Button>
        )}
        {canApprove && isAllowed && (
          <Button
            kind="primary"
            size="touch"
            className="flex-[1.6]"
            disabled={!isSecond || parts.progress !== null || (approvedOf === reading && !parts.hasFailed)}
            onClick={() => void approve()}
          >
            {changes === 0
              ? t('stocktake.approveNothing')
              : t('stocktake.approve', { count: changes, shown: format.count(changes) })}
          </Button>
        )}
      </ThumbBar>
    </div>
  );
}
