import type { StocktakeId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { Intent } from '@eventkit/shared/operations/operation.ts';
import { Link } from '@tanstack/react-router';
import { ChevronLeft, CircleHelp, ScanLine } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { usePlatform, useSession } from '#platform/live/replica-context.tsx';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import { Button } from '#ui/button.tsx';
import { buttonClass } from '#ui/button-class.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { IconButton } from '#ui/icon-button.tsx';
import { Notice } from '#ui/notice.tsx';
import { Screen } from '#ui/screen.tsx';
import { ScreenHeader } from '#ui/screen-header.tsx';
import { SectionHeading } from '#ui/section-heading.tsx';
import { ThumbBar } from '#ui/thumb-bar.tsx';
import { canAccept, isToReview, needsSecondPerson, outcomesInOrder, planApproval } from './plan-review.ts';
import type { StocktakeReading, Variance } from './read-variances.ts';
import { ReviewSheet } from './review-sheet.tsx';
import { COUNTERS, type CounterRow, NAMES, type NameRow } from './stocktake-queries.ts';
import { useStocktake } from './use-stocktake.ts';
import { type NameOf, VarianceRow } from './variance-row.tsx';

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
      footer={<Acts stocktakeId={stocktakeId} reading={reading} />}
    >
      <div className="max-w-3xl">
        {stocktake.status === 'approved' && <Approved reading={reading} />}
        <Differences stocktakeId={stocktakeId} variances={variances} />
      </div>
    </Screen>
  );
}

function Approved({ reading }: { readonly reading: StocktakeReading }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useNames(reading.variances, [reading.stocktake.approved_by]);
  const { approved_at, approved_by } = reading.stocktake;
  const hasNews = reading.variances.some(({ news, isLateCount }) => news.length > 0 || isLateCount);
  return (
    <div className="flex flex-col gap-2 p-4">
      <Notice
        tone="good"
        title={t('stocktake.approvedBy', {
          time: approved_at === null ? '' : format.timeOrDay(approved_at as Instant, nowForDisplay()),
          who: nameOf(approved_by),
        })}
      />
      {hasNews && (
        <Notice tone="warn" title={t('stocktake.lateTitle')}>
          {t('stocktake.lateText')}
        </Notice>
      )}
    </div>
  );
}

function Differences({
  stocktakeId,
  variances,
}: {
  readonly stocktakeId: StocktakeId;
  readonly variances: readonly Variance[];
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { recordOperation } = usePlatform();
  const nameOf = useNames(variances, []);
  const counters = useLiveQuery<CounterRow>(COUNTERS, [stocktakeId]).rows;
  const [chosen, setChosen] = useState<readonly Variance[]>([]);
  const [hasFailed, setFailed] = useState(false);
  const record = async (intent: Intent) => setFailed(!(await recordOperation(intent)).ok);
  const things = chosen.map(({ thing }) => thing);
  const groups = outcomesInOrder
    .map((outcome) => ({ outcome, lines: variances.filter((one) => one.outcome === outcome) }))
    .filter(({ lines }) => lines.length > 0);
  return (
    <>
      {hasFailed && <Notice tone="alarm" title={t('stocktake.notRecorded')} />}
      {variances.every((one) => !isToReview(one)) && (
        <p className="px-4 pt-4">{t('stocktake.noDifference')}</p>
      )}
      {groups.map(({ outcome, lines }) => {
        const together = lines.filter((one) => canAccept(one) && isToReview(one)).slice(0, MOST_AT_ONCE);
        return (
          <section key={outcome}>
            <SectionHeading
              note={format.count(lines.length)}
              end={
                together.length > 1 && (
                  <button
                    type="button"
                    className="min-h-12 px-2 font-medium text-primary-text"
                    onClick={() => setChosen(together)}
                  >
                    {t('stocktake.acceptAll', {
                      count: together.length,
                      shown: format.count(together.length),
                    })}
                  </button>
                )
              }
            >
              {t(`stocktake.outcome.${outcome}`)}
            </SectionHeading>
            <ul>
              {lines.slice(0, SHOWN_LINES).map((variance) => (
                <VarianceRow
                  key={variance.id}
                  variance={variance}
                  nameOf={nameOf}
                  onOpen={() => setChosen([variance])}
                />
              ))}
            </ul>
          </section>
        );
      })}
      <ReviewSheet
        chosen={chosen}
        nameOf={nameOf}
        counters={counters}
        onReview={(review) => void record({ kind: 'review_variance', stocktakeId, things, ...review })}
        onRecount={() => void record({ kind: 'request_recount', stocktakeId, things })}
        onClose={() => setChosen([])}
      />
    </>
  );
}

/** Count on, close, or approve: what comes next. */
function Acts({
  stocktakeId,
  reading,
}: {
  readonly stocktakeId: StocktakeId;
  readonly reading: StocktakeReading;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { recordOperation } = usePlatform();
  const { userId } = useSession();
  const approval = planApproval(reading);
  const missing = reading.variances.filter(({ outcome }) => outcome === 'missing').length;
  const changes = approval?.adjustments.length ?? 0;
  const isSecond = !needsSecondPerson(reading, userId);
  const canApprove = approval !== null && (reading.stocktake.status === 'closed' || changes > 0);
  return (
    <>
      {reading.stocktake.status === 'open' && (
        <p className="px-4 py-2 text-[14px] text-muted-foreground">
          {missing > 0 && `${t('stocktake.missingNow', { count: missing, shown: format.count(missing) })} · `}
          {t('stocktake.closeHint')}
        </p>
      )}
      {canApprove && (
        <p className="px-4 py-2 text-[14px] text-muted-foreground">
          {t(isSecond ? 'stocktake.approveHint' : 'stocktake.secondPerson')}
        </p>
      )}
      <ThumbBar>
        <Link
          to="/stocktakes/$stocktakeId/count"
          params={{ stocktakeId }}
          className={buttonClass(approval === null ? 'primary' : 'secondary', 'touch', 'flex-1')}
        >
          <ScanLine className="icon-lg" aria-hidden="true" />
          {t('stocktake.count')}
        </Link>
        {reading.stocktake.status === 'open' && (
          <Button
            size="touch"
            className="flex-1"
            onClick={() => void recordOperation({ kind: 'close_stocktake', stocktakeId })}
          >
            {t('stocktake.close')}
          </Button>
        )}
        {canApprove && (
          <Button
            kind="primary"
            size="touch"
            className="flex-[1.6]"
            disabled={!isSecond}
            onClick={() => void recordOperation(approval)}
          >
            {changes === 0
              ? t('stocktake.approveNothing')
              : t('stocktake.approve', { count: changes, shown: format.count(changes) })}
          </Button>
        )}
      </ThumbBar>
    </>
  );
}

/** What one operation may name. */
const MOST_AT_ONCE = 500;
/** More than a person reads through; the heading has the number. */
const SHOWN_LINES = 200;

function useNames(variances: readonly Variance[], besides: readonly (string | null)[]): NameOf {
  const ids = useMemo(() => {
    const named = variances.flatMap(({ thing, seen, expected }) => [
      thing.kind === 'asset' ? thing.assetId : thing.kind === 'stock' ? thing.productId : null,
      thing.kind === 'stock' ? thing.place.id : null,
      seen?.id ?? null,
      expected?.place?.id ?? null,
    ]);
    return JSON.stringify([...new Set([...named, ...besides].filter((id) => id !== null))].toSorted());
  }, [variances, besides]);
  const { rows } = useLiveQuery<NameRow>(NAMES, [ids]);
  return useMemo(() => {
    const rowById = new Map(rows.map((row) => [row.id, row]));
    return (id, form = 'short') => {
      const row = id == null ? undefined : rowById.get(id);
      if (row === undefined) return '?';
      return form === 'full' && row.product !== null ? `${row.name} · ${row.product}` : row.name;
    };
  }, [rows]);
}
