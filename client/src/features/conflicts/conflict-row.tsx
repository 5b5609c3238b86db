import { Link } from '@tanstack/react-router';
import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { classNames } from '#ui/class-names.ts';
import { ConflictMark } from './conflict-mark.tsx';
import type { ShownConflict } from './read-conflicts.ts';
import { useShortText } from './use-conflict-texts.ts';

/** One conflict in the list: what it is about, both claims in a line, since when. */
export function ConflictRow({
  conflict,
  isChosen,
}: {
  readonly conflict: ShownConflict;
  readonly isChosen: boolean;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const shortText = useShortText();
  const isSettled = conflict.status === 'settled';
  return (
    <li className="border-b border-rule">
      <Link
        to="/conflicts/$conflictId"
        params={{ conflictId: conflict.id }}
        aria-current={isChosen ? 'true' : undefined}
        className={classNames(
          'grid min-h-16 grid-cols-[1.5rem_1fr_auto] gap-x-2 border-s-2 py-2.5 pe-4 ps-3.5 hover:bg-hover focus-visible:-outline-offset-2',
          isChosen ? 'border-primary bg-selected' : 'border-transparent',
        )}
      >
        {isSettled ? (
          <Check className="icon mt-0.5 text-ok-text" aria-hidden="true" />
        ) : (
          <ConflictMark kind={conflict.class} />
        )}
        <span className={classNames('min-w-0 truncate', isSettled ? 'font-medium' : 'font-semibold')}>
          {t(`conflicts.headline.${conflict.class}`, { code: conflict.title })}
        </span>
        <span
          className={classNames(
            'text-[13px] tablet:text-[12px]',
            isChosen ? 'text-muted-foreground' : 'text-faint-foreground',
          )}
        >
          {format.shortMoment(conflict.openedAt, nowForDisplay())}
        </span>
        <span className="col-span-2 col-start-2 line-clamp-2 leading-tight text-muted-foreground">
          {shortText(conflict)}
        </span>
      </Link>
    </li>
  );
}
