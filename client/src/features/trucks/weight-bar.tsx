import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { classNames } from '#ui/class-names.ts';
import { weightText } from './say-truck.ts';

/** How heavy the load is against what the vehicle may carry; what has no known weight is told, not guessed. */
export function WeightBar({
  weightGrams,
  payloadGrams,
  unweighedCount,
}: {
  readonly weightGrams: number;
  readonly payloadGrams: number | null;
  readonly unweighedCount: number;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const speaker = { t, format };
  const weight = weightText(speaker, weightGrams);
  const isTooHeavy = payloadGrams !== null && weightGrams > payloadGrams;
  const share = payloadGrams === null || payloadGrams === 0 ? 0 : Math.min(1, weightGrams / payloadGrams);
  return (
    <div className="px-4 pb-2.5">
      <p className="flex items-baseline justify-between gap-3 text-[14px]">
        <span className="text-muted-foreground">{t('trucks.weight')}</span>
        <span className={classNames('font-semibold', isTooHeavy && 'text-blocked-text')}>
          {isTooHeavy
            ? t('trucks.overweight', { weight: weightText(speaker, weightGrams - payloadGrams) })
            : payloadGrams === null
              ? weight
              : t('trucks.weightOf', { weight, payload: weightText(speaker, payloadGrams) })}
        </span>
      </p>
      {payloadGrams !== null && (
        <div className="mt-1 h-1.5 overflow-hidden rounded-chip bg-secondary" aria-hidden="true">
          <div
            className={classNames('h-full', isTooHeavy ? 'bg-blocked' : 'bg-muted-foreground')}
            style={{ width: `${share * 100}%` }}
          />
        </div>
      )}
      {unweighedCount > 0 && (
        <p className="mt-1 text-[13px] text-muted-foreground">
          {t('trucks.unweighed', { count: unweighedCount, shown: format.count(unweighedCount) })}
        </p>
      )}
    </div>
  );
}
