import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { Chip } from '#ui/chip.tsx';
import { classNames } from '#ui/class-names.ts';
import { Code } from '#ui/code.tsx';
import type { LabelEntry } from './read-labels.ts';

/** What was said of the labels of a thing, newest first; folded away, as it is seldom asked for. */
export function LabelHistory({ entries }: { readonly entries: readonly LabelEntry[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = nowForDisplay();
  if (entries.length === 0) return null;
  return (
    <details>
      <summary className="flex min-h-12 items-center text-muted-foreground tablet:min-h-7">
        {t('labels.history', { count: entries.length, shown: format.count(entries.length) })}
      </summary>
      <ol>
        {entries.map((entry) => (
          <li key={entry.id} className="border-b border-rule py-2 last:border-b-0">
            <p className="flex items-start gap-2 leading-snug">
              <span className={classNames('min-w-0 flex-1', entry.isTakenBack && 'line-through opacity-70')}>
                <Code className="me-2 font-medium">{entry.code}</Code>
                {t(`labels.act.${entry.kind}`, { thing: entry.thing ?? t('assets.somewhere') })}
              </span>
              {entry.isTakenBack && <Chip tone="quiet">{t('assets.takenBack')}</Chip>}
              {entry.isPending && (
                <Chip tone="quiet" isDashed>
                  {t('assets.notSent')}
                </Chip>
              )}
            </p>
            <p className="text-[14px] text-muted-foreground tablet:text-[12.5px]">
              {format.timeOrDay(entry.at, now)} ·{' '}
              {t('assets.who', {
                who: entry.who ?? t('assets.whoUnknown'),
                device: entry.device ?? t('assets.deviceUnknown'),
              })}
            </p>
          </li>
        ))}
      </ol>
    </details>
  );
}
