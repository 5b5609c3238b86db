import type { StocktakeId } from '@eventkit/shared/kernel/ids.ts';
import { ChevronLeft, CircleHelp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { IconButton } from '#ui/icon-button.tsx';
import { Notice } from '#ui/notice.tsx';
import { Screen } from '#ui/screen.tsx';
import { ScreenHeader } from '#ui/screen-header.tsx';
import { ApprovedNotice } from './approved-notice.tsx';
import { Differences } from './differences.tsx';
import { isToReview } from './plan-review.ts';
import { ReviewActs } from './review-acts.tsx';
import { useStocktake } from './use-stocktake.ts';

/** What was counted beside what the books had: decide on each difference, close, and let a second person approve. */
export function ReviewScreen({
  stocktakeId,
  onBack,
}: {
  readonly stocktakeId: StocktakeId;
  readonly onBack: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { reading, isGone, hasFailed } = useStocktake(stocktakeId);
  if (hasFailed) return <Notice tone="alarm" title={t('stocktake.failed')} />;
  if (isGone) {
    return (
      <EmptyState icon={<CircleHelp />} title={t('stocktake.gone')}>
        {t('stocktake.goneText')}
      </EmptyState>
    );
  }
  if (reading === null) return null;
  const { stocktake, variances } = reading;
  const open = variances.filter(isToReview).length;
  return (
    <Screen
      header={
        <ScreenHeader
          title={stocktake.name}
          facts={`${t(`stocktake.status.${stocktake.status as 'open' | 'closed' | 'approved'}`)} · ${t('stocktake.toReview', { count: open, shown: format.count(open) })}`}
          back={
            <IconButton label={t('common.back')} onClick={onBack}>
              <ChevronLeft className="icon-lg" />
            </IconButton>
          }
        />
      }
      footer={<ReviewActs stocktakeId={stocktakeId} reading={reading} />}
    >
      <div className="max-w-3xl">
        {stocktake.status === 'approved' && <ApprovedNotice stocktakeId={stocktakeId} reading={reading} />}
        <Differences stocktakeId={stocktakeId} variances={variances} />
      </div>
    </Screen>
  );
}
