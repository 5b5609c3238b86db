import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { AttachmentStrip } from '#platform/attachments/view/attachment-strip.tsx';
import { Chip } from '#ui/chip.tsx';
import { classNames } from '#ui/class-names.ts';
import { SectionHeading } from '#ui/section-heading.tsx';
import { actIcons } from './act-icons.ts';
import type { HistoryEntry } from './read-history.ts';
import { actOf, circumstancesOf, lateOf } from './say-asset.ts';

/** The ledger of one thing: the newest first, in the order in which things happened. */
export function AssetHistory({ entries }: { readonly entries: readonly HistoryEntry[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const speaker = { t, format };
  const now = nowForDisplay();
  return (
    <section className="min-w-0">
      <SectionHeading note={t('assets.historyOrder')}>{t('assets.history')}</SectionHeading>
      {entries.length === 0 && <p className="px-4 py-3 text-muted-foreground">{t('assets.noHistory')}</p>}
      <ol className="mx-4">
        {entries.map((entry) => {
          const Icon = actIcons[entry.kind];
          const late = lateOf(speaker, entry);
          return (
            <li
              key={entry.id}
              className="grid grid-cols-[28px_1fr_auto] items-start gap-x-3 border-b border-rule py-2.5 last:border-b-0 tablet:grid-cols-[88px_26px_1fr_auto]"
            >
              <time
                dateTime={entry.effectiveAt}
                className="hidden text-end leading-snug text-muted-foreground tablet:block"
              >
                <span className="block">{format.day(entry.effectiveAt)}</span>
                <span className="block font-medium text-foreground">
                  {format.timeWithSeconds(entry.effectiveAt)}
                </span>
              </time>
              <span className="grid size-7 place-items-center rounded-control bg-secondary text-muted-foreground tablet:size-6.5">
                <Icon className="icon" aria-hidden="true" />
              </span>
              <div className="min-w-0">
                <p
                  className={classNames(
                    'text-[15px] leading-snug font-medium tablet:text-[13.5px]',
                    entry.isTakenBack && 'line-through opacity-70',
                  )}
                >
                  {actOf(speaker, entry)}
                </p>
                <p className="text-[14px] leading-snug text-muted-foreground tablet:text-[12.5px]">
                  <span className="tablet:hidden">{format.timeOrDay(entry.effectiveAt, now)} · </span>
                  {circumstancesOf(speaker, entry)}
                  {late !== null && <span className="text-wrong-text"> · {late}</span>}
                </p>
                <AttachmentStrip attachments={entry.attachments} />
              </div>
              {entry.isPending && (
                <Chip tone="quiet" isDashed>
                  {t('assets.notSent')}
                </Chip>
              )}
              {entry.isTakenBack && !entry.isPending && <Chip tone="quiet">{t('assets.takenBack')}</Chip>}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
