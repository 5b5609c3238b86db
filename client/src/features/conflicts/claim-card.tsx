import { msOf } from '@eventkit/shared/kernel/instant.ts';
import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { Chip } from '#ui/chip.tsx';
import { type Fact, Facts } from '#ui/facts.tsx';
import type { SideRow } from './conflict-queries.ts';
import { usePlaceText } from './use-conflict-texts.ts';

const LATE_FROM_MS = 60_000;

/** One claim: what was done, who, on which device, what it saw, when, and when we heard of it. */
export function ClaimCard({
  side,
  label,
  stands,
}: {
  readonly side: SideRow;
  readonly label: string;
  readonly stands: boolean;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const placeText = usePlaceText();
  const now = nowForDisplay();
  const place = placeText(side.toKind, side.toName);
  const facts: Fact[] = [
    { label: t('conflicts.who'), value: side.who ?? '?' },
    { label: t('conflicts.device'), value: side.device ?? '?' },
    { label: t('conflicts.saw'), value: useSawText()(side) },
    { label: t('conflicts.arrived'), value: useArrivedText()(side) },
  ];
  if (side.overrideReason !== null)
    facts.push({ label: t('conflicts.reasonGiven'), value: side.overrideReason });
  if (side.note !== null) facts.push({ label: t('conflicts.noteGiven'), value: side.note });
  return (
    <section className={`min-w-0 p-4 ${stands ? 'bg-card' : ''}`}>
      <p className="flex min-h-6 items-center gap-2 text-[13px] text-muted-foreground">
        {label}
        {stands && (
          <Chip tone="good" icon={<Check />}>
            {t('conflicts.standsNow')}
          </Chip>
        )}
        <span className="ms-auto font-semibold text-foreground">
          {format.isSameDay(side.effectiveAt, now) ? '' : `${format.day(side.effectiveAt)} `}
          {format.timeWithSeconds(side.effectiveAt)}
        </span>
      </p>
      <h3 className="mt-1 mb-3 text-[17px] leading-tight">{t(`conflicts.act.${side.kind}`, { place })}</h3>
      <Facts facts={facts} />
    </section>
  );
}

function useSawText(): (side: SideRow) => string {
  const { t } = useTranslation();
  const placeText = usePlaceText();
  return ({ observedKind, observedName, observedStatus }) => {
    if (observedKind === null) return t('conflicts.sawNothing');
    const place = placeText(observedKind, observedName);
    return observedStatus === null || observedStatus === 'in_service'
      ? place
      : t('conflicts.sawBlocked', { place, status: t(`conflicts.status.${observedStatus}`) });
  };
}

function useArrivedText(): (side: SideRow) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ effectiveAt, receivedAt }) => {
    if (receivedAt === null) return t('conflicts.notSent');
    const time = format.timeOrDay(receivedAt, nowForDisplay());
    const lateMs = msOf(receivedAt) - msOf(effectiveAt);
    if (lateMs < LATE_FROM_MS) return time;
    const minutes = Math.round(lateMs / 60_000);
    const hours = Math.round(minutes / 60);
    const [unit, count] =
      minutes < 60
        ? (['minutes', minutes] as const)
        : hours < 48
          ? (['hours', hours] as const)
          : (['days', Math.round(hours / 24)] as const);
    return t('conflicts.lateBy', {
      time,
      late: t(`conflicts.${unit}`, { count, shown: format.count(count) }),
    });
  };
}
