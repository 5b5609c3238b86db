import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { useSession, useSyncState } from '#platform/live/replica-context.tsx';
import { ServerReads } from '#platform/rpc/server-reads.tsx';
import { BackLink } from '#ui/back-link.tsx';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Notice } from '#ui/notice.tsx';
import { Screen } from '#ui/screen.tsx';
import { ScreenHeader } from '#ui/screen-header.tsx';
import { SectionHeading } from '#ui/section-heading.tsx';
import { KeyRow } from './key-row.tsx';
import { NewKeySheet } from './new-key-sheet.tsx';
import type { ShownKey } from './read-keys.ts';
import { useApiKeys } from './use-api-keys.ts';

/** The keys by which programs of the company call the API. */
export function ApiKeysScreen() {
  const { t } = useTranslation();
  const { permissions } = useSession();
  if (permissions.includes('api_keys:manage')) {
    return (
      <ServerReads>
        <KeysForAdmins />
      </ServerReads>
    );
  }
  return (
    <Screen header={<ScreenHeader back={<BackToMore />} title={t('apiKeys.title')} />}>
      <div className="px-4">
        <Notice title={t('apiKeys.notAllowedTitle')}>{t('apiKeys.notAllowedText')}</Notice>
      </div>
    </Screen>
  );
}

function KeysForAdmins() {
  const { t } = useTranslation();
  const format = useFormat();
  const { mode } = useSyncState();
  const isWithout = mode === 'offline' || mode === 'held' || mode === 'unreachable';
  const { data, error, refetch } = useApiKeys(!isWithout);
  const [isMaking, setMaking] = useState(false);
  const open = data?.keys.filter(({ state }) => state === 'open') ?? [];
  const make = (
    <Button
      kind="primary"
      icon={<Plus className="icon" aria-hidden="true" />}
      disabled={isWithout}
      onClick={() => setMaking(true)}
    >
      {t('apiKeys.make')}
    </Button>
  );

  return (
    <Screen
      header={
        <ScreenHeader
          back={<BackToMore />}
          title={t('apiKeys.title')}
          facts={
            data === undefined
              ? t('apiKeys.explain')
              : t('apiKeys.summary', { count: open.length, shown: format.count(open.length) })
          }
          actions={data !== undefined && data.keys.length > 0 && make}
        />
      }
    >
      <div className="max-w-4xl">
        <div className="grid gap-3 px-4" aria-live="polite">
          {isWithout && (
            <Notice tone="offline" title={t('apiKeys.offlineTitle')}>
              {t('apiKeys.offlineText')}
            </Notice>
          )}
          {!isWithout && data === undefined && error === null && (
            <p className="text-muted-foreground">{t('apiKeys.fetching')}</p>
          )}
          {!isWithout && error !== null && (
            <Notice
              title={t('apiKeys.failedTitle')}
              actions={<Button onClick={() => void refetch()}>{t('apiKeys.again')}</Button>}
            >
              {t('apiKeys.failedText')}
            </Notice>
          )}
        </div>
        {data?.keys.length === 0 && (
          <>
            <EmptyState icon={<KeyRound />} title={t('apiKeys.emptyTitle')}>
              {t('apiKeys.emptyText')}
            </EmptyState>
            <div className="flex justify-center">{make}</div>
          </>
        )}
        <Keys title={t('apiKeys.inUse')} keys={open} isWithout={isWithout} />
        <Keys
          title={t('apiKeys.ended')}
          keys={data?.keys.filter(({ state }) => state !== 'open') ?? []}
          isWithout={isWithout}
        />
      </div>
      {isMaking && <NewKeySheet grantable={data?.grantable ?? []} onClose={() => setMaking(false)} />}
    </Screen>
  );
}

function Keys({
  title,
  keys,
  isWithout,
}: {
  readonly title: string;
  readonly keys: readonly ShownKey[];
  readonly isWithout: boolean;
}) {
  const format = useFormat();
  if (keys.length === 0) return null;
  return (
    <section>
      <SectionHeading end={format.count(keys.length)}>{title}</SectionHeading>
      <ul>
        {keys.map((shown) => (
          <KeyRow key={shown.id} shown={shown} isWithout={isWithout} />
        ))}
      </ul>
    </section>
  );
}

function BackToMore() {
  const { t } = useTranslation();
  return <BackLink to="/more" label={t('common.back')} />;
}
