import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import type { LogEntry } from '#platform/scanner/scan-report.ts';
import { Button } from '#ui/button.tsx';
import { classNames } from '#ui/class-names.ts';
import { Code } from '#ui/code.tsx';
import type { ScanOutcome } from '#ui/scan-outcome.ts';
import { Sheet } from '#ui/sheet.tsx';

/** Every scan of one outcome in this session, each with its way back. */
export function LogSheet<Detail>({
  outcome,
  entries,
  lineOf,
  onUndo,
  onSettle,
  onAssign,
  onClose,
}: {
  /** Null keeps the sheet closed. */
  readonly outcome: ScanOutcome | null;
  readonly entries: readonly LogEntry<Detail>[];
  readonly lineOf: (entry: LogEntry<Detail>) => string;
  readonly onUndo: (entry: LogEntry<Detail>) => void;
  readonly onSettle: (entry: LogEntry<Detail>) => void;
  readonly onAssign: (entry: LogEntry<Detail>) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const listed = entries.filter((entry) => entry.outcome === outcome);
  return (
    <Sheet
      title={outcome === null ? '' : t(`scanning.outcome.${outcome}`)}
      isOpen={outcome !== null}
      onClose={onClose}
      closeLabel={t('common.close')}
    >
      {listed.length === 0 && <p className="text-muted-foreground">{t('scanning.log.empty')}</p>}
      <ul className="-my-2">
        {listed.map((entry) => (
          <li
            key={entry.number}
            className="flex min-h-14 flex-wrap items-center gap-x-3 gap-y-1 border-b border-rule py-2 last:border-b-0"
          >
            <div className="min-w-0 flex-1 basis-52">
              <p className="flex items-baseline gap-2">
                <Code
                  className={classNames(
                    'max-w-[14em] flex-none truncate',
                    entry.isUndone && 'line-through opacity-60',
                  )}
                >
                  {entry.code}
                </Code>
                <span className="truncate">{entry.title}</span>
              </p>
              <p className="truncate text-[14px] text-muted-foreground tablet:text-[12px]">
                {format.timeWithSeconds(instantOfMs(entry.atMs))} ·{' '}
                {entry.isUndone ? t('scanning.takenBack') : lineOf(entry)}
              </p>
            </div>
            <div className="ms-auto flex items-center gap-1">
              {!entry.isSettled && entry.outcome === 'unknown' && entry.operationId !== null && (
                <Button kind="primary" onClick={() => onAssign(entry)}>
                  {t('labels.giveShort')}
                </Button>
              )}
              {!entry.isUndone && entry.operationId !== null && (
                <Button onClick={() => onUndo(entry)}>{t('scanning.log.takeBack')}</Button>
              )}
              {!entry.isSettled && (entry.outcome === 'unknown' || entry.outcome === 'wrong_event') && (
                <Button kind="quiet" onClick={() => onSettle(entry)}>
                  {t('scanning.log.settle')}
                </Button>
              )}
              {entry.isSettled && !entry.isUndone && entry.outcome !== 'ok' && (
                <span className="text-[14px] text-muted-foreground">{t('scanning.log.settled')}</span>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
