import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BackToMore, ServerNotices, ServerScreen, useIsWithout } from '#platform/rpc/view/server-screen.tsx';
import { Button } from '#ui/button.tsx';
import { Screen } from '#ui/screen.tsx';
import { ScreenHeader } from '#ui/screen-header.tsx';
import type { ShownRole } from './read-roles.ts';
import { RoleMatrix } from './role-matrix.tsx';
import { RoleSheet } from './role-sheet.tsx';
import { useRoles } from './use-roles.ts';
import { ViewAs } from './view-as.tsx';

/** What each role may do: the built-in ones as they are, the company's own to be made and changed. */
export function RolesScreen() {
  const { t } = useTranslation();
  return (
    <ServerScreen title={t('shell.nav.roles')} permission="users:manage" refusal={t('people.notAllowedText')}>
      <Roles />
    </ServerScreen>
  );
}

function Roles() {
  const { t } = useTranslation();
  const isWithout = useIsWithout();
  const { data, error, refetch } = useRoles(!isWithout);
  const [opened, setOpened] = useState<ShownRole | 'new' | null>(null);
  return (
    <Screen
      header={
        <ScreenHeader
          back={<BackToMore />}
          title={t('shell.nav.roles')}
          facts={t('people.roles.explain')}
          actions={
            <Button
              kind="primary"
              icon={<Plus className="icon" aria-hidden="true" />}
              disabled={isWithout || data === undefined}
              onClick={() => setOpened('new')}
              aria-keyshortcuts="n"
            >
              {t('people.roles.create')}
            </Button>
          }
        />
      }
    >
      <ServerNotices
        offlineText={t('people.offlineText')}
        isWithout={isWithout}
        hasData={data !== undefined}
        error={error}
        onAgain={() => void refetch()}
      />
      {data !== undefined && (
        <>
          <RoleMatrix roles={data.roles} isWithout={isWithout} onOpen={setOpened} />
          {data.roles.every(({ isOwn }) => !isOwn) && (
            <p className="px-4 py-3 text-muted-foreground">{t('people.roles.noneOwn')}</p>
          )}
          <ViewAs roles={data.roles} />
        </>
      )}
      {opened !== null && data !== undefined && (
        <RoleSheet
          role={opened === 'new' ? null : opened}
          grantable={data.grantable}
          onClose={() => setOpened(null)}
        />
      )}
    </Screen>
  );
}
