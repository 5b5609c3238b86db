import { History } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  BackToMore,
  MoreOfList,
  ServerNotices,
  ServerScreen,
  useIsWithout,
} from '#platform/rpc/view/server-screen.tsx';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Screen } from '#ui/screen.tsx';
import { ScreenHeader } from '#ui/screen-header.tsx';
import { SelectField } from '#ui/select-field.tsx';
import { ChangeRow } from './change-row.tsx';
import { type Kind, kinds } from './kinds.ts';
import { nameOf } from './read-changes.ts';
import { type ChangesAsked, useChanges } from './use-changes.ts';

/** One record, as the change that it was chosen by names it. */
type ShownRecord = ChangesAsked & { readonly name: string };

/** Who changed what, as the audit trail has it. */
export function ChangesScreen() {
  const { t } = useTranslation();
  return (
    <ServerScreen
      title={t('shell.nav.changes')}
      permission="audit:read"
      refusal={t('changes.notAllowedText')}
    >
      <Changes />
    </ServerScreen>
  );
}

function Changes() {
  const { t } = useTranslation();
  const isWithout = useIsWithout();
  const [kind, setKind] = useState<Kind | ''>('');
  const [record, setRecord] = useState<ShownRecord | null>(null);
  const asked = record ?? { tableName: kind, rowId: '' };
  const changes = useChanges(asked, !isWithout);
  const { data, error, refetch } = changes;
  return (
    <Screen
      header={
        <ScreenHeader back={<BackToMore />} title={t('shell.nav.changes')} facts={t('changes.explain')} />
      }
    >
      <div className="max-w-4xl">
        {record === null ? (
          <KindSelect kind={kind} isDisabled={isWithout} onChange={setKind} />
        ) : (
          <p className="flex flex-wrap items-center gap-3 px-4 pb-3" role="status">
            <span className="min-w-0 wrap-anywhere">{t('changes.only', { name: record.name })}</span>
            <Button onClick={() => setRecord(null)}>{t('changes.allAgain')}</Button>
          </p>
        )}
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
            <ChangeRow
              key={change.key}
              change={change}
              onRecord={record === null ? () => setRecord({ ...change, name: nameOf(change) }) : null}
            />
          ))}
        </ul>
        <MoreOfList list={changes} />
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
  const named = kinds
    .map((value) => ({ value, label: t(`changes.kind.${value}`) }))
    .toSorted((a, b) => a.label.localeCompare(b.label));
  return (
    <SelectField
      className="max-w-sm px-4 pb-3"
      label={t('changes.of')}
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
    </SelectField>
  );
}
