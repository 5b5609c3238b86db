import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { PlaceChip } from '#ui/place-chip.tsx';
import { SectionHeading } from '#ui/section-heading.tsx';
import { inWalkingOrder, type PullList, type PullListLine } from './read-pull-list.ts';

/** Where what is missing lies, in the order in which a person walks. `stockAsOf`: how fresh the device is. */
export function MissingList({
  list,
  stockAsOf,
}: {
  readonly list: PullList;
  readonly stockAsOf: Instant | null;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  if (list.wantedCount === 0) return null;
  if (list.missingCount === 0) {
    return (
      <p className="flex items-center gap-2 px-4 pb-4 text-ok-text">
        <Check className="icon-lg" aria-hidden="true" />
        {t('planning.completeText')}
      </p>
    );
  }
  return (
    <section>
      <SectionHeading
        note={t('planning.walkingOrder')}
        end={
          stockAsOf === null
            ? undefined
            : t('planning.stockAsOf', { time: format.timeOrDay(stockAsOf, nowForDisplay()) })
        }
      >
        {t('planning.missingHeading')}
      </SectionHeading>
      <ul>
        {inWalkingOrder(list.lines).map((line) => (
          <MissingRow key={line.lineId} line={line} />
        ))}
      </ul>
    </section>
  );
}

function MissingRow({ line }: { readonly line: PullListLine }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [nearest, second] = line.lying;
  return (
    <li className="grid min-h-14 grid-cols-[2rem_1fr_auto] items-center gap-2 border-b border-rule px-4 py-1.5 tablet:min-h-10">
      <span className="text-[18px] font-semibold tablet:text-[15px]">{format.count(line.missingCount)}</span>
      <span className="min-w-0">
        <span className="block truncate text-[16px] narrow tablet:text-[13px]">{line.productName}</span>
        <MoreNote line={line} />
      </span>
      <span className="flex max-w-[11rem] min-w-0 flex-col items-end gap-1">
        {nearest === undefined ? (
          <span className="text-[14px] text-muted-foreground tablet:text-[12px]">–</span>
        ) : nearest.kind === 'here' ? (
          <PlaceChip>{nearest.locationCode}</PlaceChip>
        ) : (
          <PlaceChip kind="away">
            {t('planning.backAt', {
              time: format.shortMoment(nearest.backAt, nowForDisplay()),
              event: nearest.eventName,
            })}
          </PlaceChip>
        )}
        {nearest?.kind === 'here' && nearest.units < line.missingCount && second?.kind === 'here' && (
          <PlaceChip>{second.locationCode}</PlaceChip>
        )}
      </span>
    </li>
  );
}

function MoreNote({ line }: { readonly line: PullListLine }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [nearest] = line.lying;
  const parts = [
    nearest?.kind === 'here' && nearest.caseCode !== null && t('planning.inCase', { code: nearest.caseCode }),
    line.nowhereCount > 0 &&
      t('planning.nowhere', { count: line.nowhereCount, shown: format.count(line.nowhereCount) }),
    line.awayCount > 0 &&
      nearest?.kind === 'here' &&
      t('planning.away', { count: line.awayCount, shown: format.count(line.awayCount) }),
  ].filter((part) => part !== false && part !== undefined);
  if (parts.length === 0) return null;
  return (
    <span className="block truncate text-[13px] text-muted-foreground narrow tablet:text-[12px]">
      {parts.join(' · ')}
    </span>
  );
}
