import { PackageOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useSyncState } from '#platform/live/replica-context.tsx';
import { Notice } from '#ui/notice.tsx';
import { DownloadProgress } from './download-progress.tsx';

/** Above what can be read already, while the pieces of a new device are on their way. */
export function StockComing() {
  const { t } = useTranslation();
  const state = useSyncState();
  return (
    <div className="flex-none p-4">
      <Notice
        icon={<PackageOpen className="icon-lg" aria-hidden="true" />}
        title={t('session.firstSync.stockTitle')}
      >
        <p className="mb-3">{t('session.firstSync.stockText')}</p>
        <DownloadProgress state={state} label={t('session.firstSync.stockTitle')} />
      </Notice>
    </div>
  );
}
