import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import type { LogEntry } from '#platform/scanner/scan-report.ts';
import { classNames } from '#ui/class-names.ts';
import { OutcomeGlyph } from '#ui/outcome-glyph.tsx';

/** The scans before the one on the plate, newest first; a touch shows one on the plate again. */
export function RecentScans<Detail>({
  entries,
  lineOf,
  onShow,
  isShort = false,
}: {
  readonly entries: readonly LogEntry<Detail>[];
  /** One short line of words for an entry. */
  readonly lineOf: (entry: LogEntry<Detail>) => string;
  readonly onShow: (entry: LogEntry<Detail>) => void;
  /** Only the last three on a phone, where more has to stand below. */
  readonly isShort?: boolean;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ol aria-label={t('scanning.recent')} className="mx-4 flex-none">
      {entries.map((entry, index) => (
        <li
          key={entry.number}
          className={classNames(
            'border-b border-rule last:border-b-0',
            isShort && index > 2 && 'hidden tablet:block',
          )}
        >
          <button
            type="button"
            onClick={() => onShow(entry)}
            className="grid h-12 w-full tablet:h-9 grid-cols-[20px_auto_1fr_auto] items-center gap-2.5 text-start text-[14px]"
          >
            <OutcomeGlyph outcome={entry.outcome} />
            <span
              className={classNames(
                'max-w-[9.5em] min-w-[4.8em] truncate font-mono text-[14.5px] font-medium tracking-[-0.01em]',
                entry.isUndone && 'line-through opacity-60',
              )}
            >
              {entry.code}
            </span>
            <span className={classNames('truncate', entry.isUndone && 'text-muted-foreground')}>
              {entry.isUndone ? t('scanning.takenBack') : lineOf(entry)}
            </span>
            <span className="text-muted-foreground">{format.timeWithSeconds(instantOfMs(entry.atMs))}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
