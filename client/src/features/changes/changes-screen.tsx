import { History } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BackToMore, ServerNotices, ServerScreen, useIsWithout } from '#platform/rpc/view/server-screen.tsx';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Screen } from '#ui/screen.tsx';
import { ScreenHeader } from '#ui/screen-header.tsx';
import { ChangeRow } from './change-row.tsx';
import { type Kind, kinds } from './kinds.ts';
import { useChanges } from './use-changes.ts';

/** Who changed what, as the audit trail has it. */
export function ChangesScreen() {
  const { t } = useTranslation();
  return (
    <ServerScreen title={t('changes.title')} permission="audit:read" refusal={t('changes.notAllowedText')}>
      <Changes />
    </ServerScreen>
  );
}

function Changes() {
  const { t } = useTranslation();
  const isWithout = useIsWithout();
  const [kind, setKind] = useState<Kind | ''>('');
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useChanges(
    kind,
    !isWithout,
  );
  return (
    <Screen
      header={<ScreenHeader back={<BackToMore />} title={t('changes.title')} facts={t('changes.explain')} />}
    >
      <div className="max-w-4xl">
        <KindSelect kind={kind} isDisabled={isWithout} onChange={setKind} />
        <ServerNotices
          isWithout={isWithout}
          hasData={data !== undefined}
          error={error}
          offlineText={t('changes.offlineText')}
          onAgain={() => void refetch()}
        />
        {data?.length === 0 && (
          <EmptyState icon={<History />} title={t('changes.emptyTitle')}>
            {t('changes.emptyText')}
          </EmptyState>
        )}
        <ul className="border-t border-rule empty:hidden">
          {data?.map((change) => (
            <ChangeRow key={change.key} change={change} />
          ))}
        </ul>
        {hasNextPage && (
          <div className="p-4">
            <Button
              kind="outline"
              disabled={isWithout || isFetchingNextPage}
              onClick={() => void fetchNextPage()}
            >
              {t('server.more')}
            </Button>
          </div>
        )}
      </div>
    </Screen>
  );
}

function KindSelect({
  kind,
  isDisabled,
  onChange,
}: {
  readonly kind: Kind | '';
  readonly isDisabled: boolean;
  readonly onChange: (kind: Kind | '') => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  const named = kinds
    .map((value) => ({ value, label: t(`changes.kind.${value}`) }))
    .toSorted((a, b) => a.label.localeCompare(b.label));
  return (
    <div className="max-w-sm px-4 pb-3">
      <label htmlFor={id} className="mb-1.5 block text-[14px] font-medium tablet:text-[12px]">
        {t('changes.of')}
      </label>
      <select
        id={id}
        className="h-12 w-full rounded-control border border-input bg-background px-3 text-[16px] tablet:h-9 tablet:text-[14px]"
        value={kind}
        disabled={isDisabled}
        onChange={({ target }) => onChange(kinds.find((value) => value === target.value) ?? '')}
      >
        <option value="">{t('changes.everything')}</option>
        {named.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}
