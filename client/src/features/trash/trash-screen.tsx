import { Check, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import {
  BackToMore,
  MoreOfList,
  ServerNotices,
  ServerScreen,
  useIsWithout,
} from '#platform/rpc/view/server-screen.tsx';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Notice } from '#ui/notice.tsx';
import { Screen } from '#ui/screen.tsx';
import { ScreenHeader } from '#ui/screen-header.tsx';
import { Toast } from '#ui/toast.tsx';
import { type ShownItem, useTrash } from './use-trash.ts';

/** What was deleted and can be brought back, by those who may delete it. */
export function TrashScreen() {
  const { t } = useTranslation();
  return (
    <ServerScreen
      title={t('shell.nav.trash')}
      permission={['inventory:write', 'planning:write']}
      refusal={t('trash.notAllowedText')}
    >
      <Trash />
    </ServerScreen>
  );
}

function Trash() {
  const { t } = useTranslation();
  const format = useFormat();
  const isWithout = useIsWithout();
  const { list, restore } = useTrash(!isWithout);
  const { data, error, refetch } = list;
  const days = data?.trashDays ?? 0;
  const cameAlong = restore.data?.cameAlong ?? [];
  return (
    <Screen
      header={
        <ScreenHeader
          back={<BackToMore />}
          title={t('shell.nav.trash')}
          facts={data && t('trash.explain', { count: days, shown: format.count(days) })}
        />
      }
    >
      <div className="max-w-3xl">
        <ServerNotices
          isWithout={isWithout}
          hasData={data !== undefined}
          error={error}
          offlineText={t('trash.offlineText')}
          onAgain={() => void refetch()}
        />
        {restore.isError && (
          <div className="px-4 pb-3">
            <Notice title={t('trash.restoreFailed')} />
          </div>
        )}
        {data?.items.length === 0 && (
          <EmptyState icon={<Trash2 />} title={t('trash.emptyTitle')}>
            {t('trash.emptyText')}
          </EmptyState>
        )}
        <ul className="border-t border-rule empty:hidden">
          {data?.items.map((item) => (
            <Row
              key={item.id}
              item={item}
              isDisabled={isWithout || restore.isPending}
              onRestore={() => restore.mutate(item)}
            />
          ))}
        </ul>
        <MoreOfList list={list} />
      </div>
      <Toast
        icon={<Check className="icon-lg" aria-hidden="true" />}
        closeLabel={t('common.close')}
        onClose={restore.reset}
      >
        {restore.isSuccess
          ? cameAlong.length === 0
            ? t('trash.restored', { name: restore.variables.name })
            : t('trash.restoredWith', {
                name: restore.variables.name,
                others: cameAlong.join(', '),
              })
          : null}
      </Toast>
    </Screen>
  );
}

function Row({
  item,
  isDisabled,
  onRestore,
}: {
  readonly item: ShownItem;
  readonly isDisabled: boolean;
  readonly onRestore: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = nowForDisplay();
  const { kind, name, withCount, deletedAt, deletedBy, purgedAt, cameBackAt, wasEditedSince } = item;
  const facts = [
    t(`trash.kind.${kind}`),
    withCount > 0 && t('trash.with', { count: withCount, shown: format.count(withCount) }),
    t('trash.deletedBy', { name: deletedBy, time: format.shortMoment(deletedAt, now) }),
    cameBackAt === null
      ? t('trash.until', { day: format.day(purgedAt) })
      : t('trash.cameBack', { time: format.shortMoment(cameBackAt, now) }),
    wasEditedSince && cameBackAt === null && t('trash.editedSince'),
  ].filter((fact) => typeof fact === 'string');
  return (
    <li className="flex min-h-16 items-center gap-3 border-b border-rule px-4 py-2.5">
      <div className="min-w-0 flex-1">
        <p className="text-[16px] font-medium wrap-anywhere tablet:text-[14px]">{name}</p>
        <p className="text-[14px] text-muted-foreground tablet:text-[13px]">{facts.join(' · ')}</p>
      </div>
      {cameBackAt === null && (
        <Button kind="outline" size="control" disabled={isDisabled} onClick={onRestore}>
          {t('trash.restore')}
        </Button>
      )}
    </li>
  );
}
