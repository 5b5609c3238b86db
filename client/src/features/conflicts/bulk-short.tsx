import { Link } from '@tanstack/react-router';
import { Calculator } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import { buttonClass } from '#ui/button-class.ts';
import { Facts } from '#ui/facts.tsx';
import {
  FACTS_OF_STOCK,
  SHORT_STOCK,
  type ShortStock,
  type StockFact,
  takersOf,
} from './bulk-short-queries.ts';
import type { ShownConflict } from './read-conflicts.ts';
import { usePlaceText } from './use-conflict-texts.ts';

/** Fewer than none: what was there, everybody who took from it, and the one thing that settles it, a count. */
export function BulkShort({ conflict }: { readonly conflict: ShownConflict }) {
  const { t } = useTranslation();
  const format = useFormat();
  const placeText = usePlaceText();
  const [stock] = useLiveQuery<ShortStock>(SHORT_STOCK, [conflict.id]).rows;
  const facts = useLiveQuery<StockFact>(FACTS_OF_STOCK, [stock?.id ?? '']).rows;
  if (stock === undefined) return null;
  const { basis, takers } = takersOf(facts, conflict.secondMovementId ?? '');
  const rows = [
    { label: t('conflicts.bulk.place'), value: placeText(stock.placeKind, stock.placeName) },
    {
      label: t('conflicts.bulk.basis'),
      value:
        basis === null
          ? t('conflicts.bulk.neverCounted')
          : t('conflicts.bulk.counted', {
              shown: format.count(basis.quantity),
              time: format.timeOrDay(basis.effectiveAt, nowForDisplay()),
            }),
    },
    { label: t('conflicts.bulk.now'), value: format.count(stock.quantity) },
  ];
  return (
    <>
      <div className="rounded-panel border border-border p-4">
        <Facts facts={rows} />
      </div>
      <ul className="mt-3 overflow-hidden rounded-panel border border-border">
        {takers.map((taker) => (
          <Taker key={taker.id} taker={taker} isLast={taker.id === conflict.secondMovementId} />
        ))}
      </ul>
      {conflict.status === 'open' && stock.placeKind === 'location' && (
        <Link
          to="/pieces"
          search={{ place: stock.placeId as never, product: stock.productId }}
          className={buttonClass('primary', 'touch', 'mt-4 w-full tablet:w-auto')}
        >
          <Calculator className="icon-lg" aria-hidden="true" />
          {t('conflicts.bulk.count', { place: stock.placeName ?? '' })}
        </Link>
      )}
    </>
  );
}

function Taker({ taker, isLast }: { readonly taker: StockFact; readonly isLast: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const placeText = usePlaceText();
  return (
    <li className="grid grid-cols-[4rem_1fr_auto] items-baseline gap-x-3 border-b border-rule p-3 last:border-b-0">
      <span className={`text-[20px] font-semibold ${isLast ? 'text-wrong-text' : ''}`}>
        {format.count(taker.quantity)}
      </span>
      <span className="min-w-0">
        <span className="block font-medium">{taker.who ?? '?'}</span>
        <span className="block text-[14px] text-muted-foreground">
          {taker.otherKind === null
            ? (taker.note ?? t('conflicts.bulk.gone'))
            : t('conflicts.bulk.to', { place: placeText(taker.otherKind, taker.otherName) })}
          {' · '}
          {taker.device ?? '?'}
          {taker.receivedAt === null && ` · ${t('conflicts.notSent')}`}
        </span>
      </span>
      <span className="text-[14px] text-muted-foreground">
        {format.timeOrDay(taker.effectiveAt, nowForDisplay())}
      </span>
    </li>
  );
}
