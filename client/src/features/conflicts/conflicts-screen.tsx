import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { Screen } from '#ui/screen.tsx';
import { ScreenHeader } from '#ui/screen-header.tsx';
import { SectionHeading } from '#ui/section-heading.tsx';
import { ConflictRow } from './conflict-row.tsx';
import { useOpenConflicts, useSettledConflicts } from './use-conflicts.ts';

/**
 * What is to settle, newest first, and below what settled itself. From tablets up the list stays beside the
 * chosen one, `detail`.
 */
export function ConflictsScreen({
  chosenId,
  detail,
}: {
  readonly chosenId: string | null;
  readonly detail: ReactNode;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const open = useOpenConflicts();
  const settled = useSettledConflicts();
  const isEmpty = open.status === 'ready' && open.conflicts.length === 0;
  return (
    <div className="flex min-h-0 flex-1">
      <div
        className={`min-h-0 min-w-0 flex-1 flex-col tablet:flex tablet:max-w-88 tablet:border-e tablet:border-border ${chosenId === null ? 'flex' : 'hidden'}`}
      >
        <Screen
          header={
            <ScreenHeader
              title={t('conflicts.title')}
              facts={t('conflicts.open', {
                count: open.conflicts.length,
                shown: format.count(open.conflicts.length),
              })}
            />
          }
        >
          {isEmpty && (
            <EmptyState icon={<Check />} title={t('conflicts.emptyTitle')}>
              {t('conflicts.emptyText')}
            </EmptyState>
          )}
          <ul className={open.conflicts.length > 0 ? 'border-t border-border' : ''}>
            {open.conflicts.map((conflict) => (
              <ConflictRow key={conflict.id} conflict={conflict} isChosen={conflict.id === chosenId} />
            ))}
          </ul>
          {settled.conflicts.length > 0 && (
            <section>
              <SectionHeading note={t('conflicts.settledNote')} end={format.count(settled.conflicts.length)}>
                {t('conflicts.settled')}
              </SectionHeading>
              <ul>
                {settled.conflicts.map((conflict) => (
                  <ConflictRow key={conflict.id} conflict={conflict} isChosen={conflict.id === chosenId} />
                ))}
              </ul>
            </section>
          )}
        </Screen>
      </div>
      <div className={`min-h-0 min-w-0 flex-1 flex-col tablet:flex ${chosenId === null ? 'hidden' : 'flex'}`}>
        {detail ?? (
          <p className="hidden px-6 py-16 text-center text-muted-foreground tablet:block">
            {isEmpty ? '' : t('conflicts.choose')}
          </p>
        )}
      </div>
    </div>
  );
}
