import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import { History } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { ServerReads } from '#platform/rpc/server-reads.tsx';
import { Button } from '#ui/button.tsx';
import { Notice } from '#ui/notice.tsx';
import { AssetHistory } from './asset-history.tsx';
import type { HistoryEntry } from './read-history.ts';
import { type ServerHistoryState, useServerHistory } from './use-server-history.ts';

type Props = { readonly assetId: AssetId; readonly ours: readonly HistoryEntry[] };

/** Where a thing has been: what this device knows at once, older entries from the server at a person's wish. */
export function ServerHistory(props: Props) {
  return (
    <ServerReads>
      <Timeline {...props} />
    </ServerReads>
  );
}

function Timeline({ assetId, ours }: Props) {
  const { entries, state } = useServerHistory(assetId, ours);
  return (
    <div className="min-w-0">
      <AssetHistory entries={entries} />
      <div className="px-4 py-3" aria-live="polite">
        <Older state={state} />
      </div>
    </div>
  );
}

function Older({ state }: { readonly state: ServerHistoryState }) {
  const { t } = useTranslation();
  const { signIn } = usePlatform();
  switch (state.kind) {
    case 'offline':
    case 'held':
    case 'unreachable':
    case 'fetching':
    case 'complete':
      return (
        <p className="text-[14px] text-muted-foreground tablet:text-[12.5px]">
          {t(`assets.older.${state.kind}`)}
        </p>
      );
    case 'offered':
      return (
        <Button kind="outline" icon={<History className="icon" />} onClick={() => state.fetch()}>
          {state.isFirst ? t('assets.older.fetch') : t('assets.older.more')}
        </Button>
      );
    case 'sign_in':
      return (
        <Notice
          title={t('assets.older.sign_in')}
          actions={<Button onClick={() => signIn()}>{t('session.signIn.button')}</Button>}
        >
          {t('assets.older.safe')}
        </Notice>
      );
    case 'failed':
      return (
        <Notice
          title={t('assets.older.failed')}
          actions={<Button onClick={() => state.retry()}>{t('assets.older.retry')}</Button>}
        >
          {t('assets.older.safe')}
        </Notice>
      );
  }
}
