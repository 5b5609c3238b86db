import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import type { ShownConflict } from './read-conflicts.ts';
import { readMoments } from './read-moments.ts';

/** What happened in which order: both facts, when each reached us, what settled it. Not to scale. */
export function TimeLine({ conflict }: { readonly conflict: ShownConflict }) {
  const { t } = useTranslation();
  const format = useFormat();
  const moments = readMoments(conflict);
  if (moments.length < 2) return null;
  const words = {
    first: t('conflicts.first'),
    second: t('conflicts.second'),
    first_arrived: t('conflicts.arrived'),
    second_arrived: t('conflicts.arrived'),
    settled: t('conflicts.settledItself'),
  };
  return (
    <ol className="mt-5 flex">
      {moments.map((moment, index) => (
        <li
          key={moment.kind}
          className="relative min-w-0 flex-1 pe-2 text-[13px] leading-tight tablet:text-[12px]"
        >
          <span
            aria-hidden="true"
            className={`absolute top-[6px] inset-e-0 inset-s-0 h-px ${index === moments.length - 1 ? '' : 'bg-border'}`}
          />
          <span
            aria-hidden="true"
            className={`relative mb-1.5 block size-3.5 rounded-full border-2 ${
              moment.kind === 'settled' || (moment.kind === 'second' && conflict.status === 'open')
                ? 'border-foreground bg-ok'
                : moment.kind.endsWith('arrived')
                  ? 'border-muted-foreground bg-background'
                  : 'border-foreground bg-background'
            }`}
          />
          <span className="block font-medium">{format.shortMoment(moment.at, nowForDisplay())}</span>
          <span className="block text-muted-foreground">{words[moment.kind]}</span>
        </li>
      ))}
    </ol>
  );
}
