import type { CountedThing } from '@eventkit/shared/stocktake/stocktake-intents.ts';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { Chip } from '#ui/chip.tsx';
import type { Variance } from './compare-line.ts';
import type { NameOf } from './use-names.ts';

/** One difference: what it is, what the books had, what was counted, and what was decided. */
export function VarianceRow({
  variance,
  nameOf,
  onOpen,
}: {
  readonly variance: Variance;
  readonly nameOf: NameOf;
  readonly onOpen: () => void;
}) {
  const { t } = useTranslation();
  const { line, news } = variance;
  return (
    <li className="border-b border-rule">
      <button
        type="button"
        onClick={onOpen}
        className="flex min-h-14 w-full items-center gap-3 px-4 py-2 text-start hover:bg-hover focus-visible:-outline-offset-2"
      >
        <span className="min-w-0 flex-1">
          <span className="block truncate text-[16px] font-medium">{titleOf(variance.thing, nameOf)}</span>
          <span className="block text-[14px] text-muted-foreground">
            <Comparison variance={variance} nameOf={nameOf} />
          </span>
          {variance.isLateCount && (
            <span className="block text-[14px] text-wrong-text">{t('stocktake.late')}</span>
          )}
          {news.map((one) => (
            <span key={one} className="block text-[14px] text-wrong-text">
              {t(`stocktake.news.${one}`)}
            </span>
          ))}
        </span>
        {line?.adjusted_at != null ? (
          <Chip tone="good">{t('stocktake.status.approved')}</Chip>
        ) : (
          line?.decision != null && (
            <Chip tone={line.decision === 'accept' ? 'info' : 'quiet'}>
              {t(`stocktake.decision.${line.decision as 'accept' | 'leave'}`)}
            </Chip>
          )
        )}
      </button>
    </li>
  );
}

/** What the books had and what was counted, in one line. */
export function Comparison({ variance, nameOf }: { readonly variance: Variance; readonly nameOf: NameOf }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { thing, expected, seen, counted, expectedQuantity, readAs } = variance;
  if (thing.kind === 'stock') {
    return t('stocktake.numbers', {
      expected: format.count(expectedQuantity ?? 0),
      counted: counted === null ? '–' : format.count(counted),
    });
  }
  if (thing.kind === 'code') {
    return t('stocktake.readAt', {
      place: nameOf(seen?.id),
      who: nameOf(variance.countedBy),
      time: format.timeOrDay(variance.asOf, nowForDisplay()),
    });
  }
  return [
    expected === null
      ? null
      : t('stocktake.expectedAt', {
          place: expected.place ? nameOf(expected.place.id) : t('stocktake.nowhere'),
        }),
    seen === null ? null : t('stocktake.seenAt', { place: nameOf(seen.id) }),
    readAs === null ? null : t('stocktake.readAs', { code: readAs.code }),
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

export function titleOf(thing: CountedThing, nameOf: NameOf): string {
  if (thing.kind === 'code') return thing.code;
  if (thing.kind === 'asset') return nameOf(thing.assetId, 'full');
  return `${nameOf(thing.productId)} · ${nameOf(thing.place.id)}`;
}
