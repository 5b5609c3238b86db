import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { msOf } from '@eventkit/shared/kernel/instant.ts';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { classNames } from '#ui/class-names.ts';
import type { EventRow } from './pull-list-queries.ts';

/** Load, show, strike, return as one strip; the amber line is now. */
export function PhaseLine({ event }: { readonly event: EventRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = nowForDisplay();
  const phases: readonly {
    key: 'load' | 'show' | 'strike' | 'return';
    at: Instant;
    until: Instant | null;
  }[] = [
    { key: 'load', at: event.loadAt, until: event.startsAt },
    { key: 'show', at: event.startsAt, until: event.endsAt },
    { key: 'strike', at: event.endsAt, until: event.returnAt },
    { key: 'return', at: event.returnAt, until: null },
  ];
  return (
    <ol className="mx-4 mb-3 grid grid-cols-4 overflow-hidden rounded-control border border-border">
      {phases.map(({ key, at, until }, index) => {
        const share = shareOf(at, until, now);
        return (
          <li
            key={key}
            className={classNames(
              'relative min-w-0 px-2 py-1 leading-tight',
              index > 0 && 'border-s border-border',
              key === 'show' && 'bg-selected',
            )}
          >
            <span className="block truncate text-[13px] font-medium tablet:text-[12px]">
              {t(`planning.phase.${key}`)}
            </span>
            <span className="block truncate text-[12px] text-muted-foreground narrower tablet:text-[11px] tablet:font-stretch-[96%]">
              {format.shortMoment(at, now)}
            </span>
            {share !== null && (
              <span
                aria-hidden="true"
                className="absolute inset-y-0 w-0.5 bg-wrong"
                style={{ left: `${share * 100}%` }}
              />
            )}
          </li>
        );
      })}
    </ol>
  );
}

function shareOf(at: Instant, until: Instant | null, now: Instant): number | null {
  if (until === null || now < at || now >= until) return null;
  return (msOf(now) - msOf(at)) / Math.max(1, msOf(until) - msOf(at));
}
