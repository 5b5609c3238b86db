import { Search, UserPlus, Users } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
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
import { Segmented } from '#ui/segmented.tsx';
import { TextField } from '#ui/text-field.tsx';
import { EditSheet } from './edit-sheet.tsx';
import { InviteSheet } from './invite-sheet.tsx';
import { PersonRow } from './person-row.tsx';
import type { ShownPerson } from './read-people.ts';
import { type PeopleFilter, usePeople } from './use-people.ts';
import { useRoles } from './use-roles.ts';

/** Everybody who may come in or might once: found, invited, changed, shut out. */
export function PeopleScreen() {
  const { t } = useTranslation();
  return (
    <ServerScreen
      title={t('shell.nav.people')}
      permission="users:manage"
      refusal={t('people.notAllowedText')}
    >
      <People />
    </ServerScreen>
  );
}

const filters = ['active', 'deactivated'] as const;

function People() {
  const { t } = useTranslation();
  const isWithout = useIsWithout();
  const [text, setText] = useState('');
  const [filter, setFilter] = useState<PeopleFilter>('active');
  const [isInviting, setInviting] = useState(false);
  const [edited, setEdited] = useState<ShownPerson | null>(null);
  const search = useDeferredValue(text.trim().toLowerCase());
  const people = usePeople({ search, filter }, !isWithout);
  const { data: roles } = useRoles(!isWithout);
  const found = people.data;

  return (
    <Screen
      header={
        <ScreenHeader
          back={<BackToMore />}
          title={t('shell.nav.people')}
          facts={t('people.explain')}
          actions={
            <Button
              kind="primary"
              icon={<UserPlus className="icon" aria-hidden="true" />}
              disabled={isWithout}
              onClick={() => setInviting(true)}
              aria-keyshortcuts="n"
            >
              {t('people.invite')}
            </Button>
          }
        />
      }
    >
      <div className="max-w-5xl">
        <div className="grid gap-3 px-4 pb-3 tablet:grid-cols-[1fr_20rem]">
          <TextField
            type="search"
            label={t('people.search')}
            isLabelHidden
            placeholder={t('people.search')}
            icon={<Search className="icon" aria-hidden="true" />}
            maxLength={200}
            autoComplete="off"
            value={text}
            disabled={isWithout}
            onChange={({ target }) => setText(target.value)}
          />
          <Segmented<PeopleFilter>
            legend={t('people.filter')}
            isLegendHidden
            value={filter}
            choices={filters.map((value) => ({ value, label: t(`people.filters.${value}`) }))}
            onChange={setFilter}
          />
        </div>
        <ServerNotices
          offlineText={t('people.offlineText')}
          isWithout={isWithout}
          hasData={found !== undefined}
          error={people.error}
          onAgain={() => void people.refetch()}
        />
        {found?.length === 0 && <NobodyFound isSearching={search !== ''} />}
        <ul className="border-t border-rule empty:hidden">
          {found?.map((person) => (
            <PersonRow key={person.id} person={person} onOpen={() => setEdited(person)} />
          ))}
        </ul>
        <MoreOfList list={people} />
      </div>
      <InviteSheet isOpen={isInviting} roles={roles?.roles ?? []} onClose={() => setInviting(false)} />
      {edited !== null && (
        <EditSheet
          key={edited.id}
          person={found?.find(({ id }) => id === edited.id) ?? edited}
          roles={roles?.roles ?? []}
          isWithout={isWithout}
          onClose={() => setEdited(null)}
        />
      )}
    </Screen>
  );
}

function NobodyFound({ isSearching }: { readonly isSearching: boolean }) {
  const { t } = useTranslation();
  return (
    <EmptyState icon={<Users />} title={t(isSearching ? 'people.noneFound' : 'people.noneDeactivated')}>
      {t(isSearching ? 'people.noneFoundText' : 'people.noneDeactivatedText')}
    </EmptyState>
  );
}
