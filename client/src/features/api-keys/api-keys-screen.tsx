import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { BackToMore, ServerNotices, ServerScreen, useIsWithout } from '#platform/rpc/view/server-screen.tsx';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
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
  return (
    <ServerScreen
      title={t('shell.nav.apiKeys')}
      permission="api_keys:manage"
      refusal={t('apiKeys.notAllowedText')}
    >
      <Keys />
    </ServerScreen>
  );
}

function Keys() {
  const { t } = useTranslation();
  const format = useFormat();
  const isWithout = useIsWithout();
  const { data, error, refetch } = useApiKeys(!isWithout);
  const [isMaking, setMaking] = useState(false);
  const open = data?.keys.filter(({ state }) => state === 'open') ?? [];
  const make = (
    <Button
      kind="primary"
      icon={<Plus className="icon" aria-hidden="true" />}
      disabled={isWithout}
      onClick={() => setMaking(true)}
      aria-keyshortcuts="n"
    >
      {t('apiKeys.make')}
    </Button>
  );

  return (
    <Screen
      header={
        <ScreenHeader
          back={<BackToMore />}
          title={t('shell.nav.apiKeys')}
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
        <ServerNotices
          isWithout={isWithout}
          hasData={data !== undefined}
          error={error}
          offlineText={t('apiKeys.offlineText')}
          onAgain={() => void refetch()}
        />
        {data?.keys.length === 0 && (
          <>
            <EmptyState icon={<KeyRound />} title={t('apiKeys.emptyTitle')}>
              {t('apiKeys.emptyText')}
            </EmptyState>
            <div className="flex justify-center">{make}</div>
          </>
        )}
        <KeySection title={t('apiKeys.inUse')} keys={open} isWithout={isWithout} />
        <KeySection
          title={t('apiKeys.ended')}
          keys={data?.keys.filter(({ state }) => state !== 'open') ?? []}
          isWithout={isWithout}
        />
      </div>
      {isMaking && <NewKeySheet grantable={data?.grantable ?? []} onClose={() => setMaking(false)} />}
    </Screen>
  );
}

function KeySection({
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
