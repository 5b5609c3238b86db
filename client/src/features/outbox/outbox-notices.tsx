import { Ban, HardDrive } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { usePlatform, useSyncState } from '#platform/live/replica-context.tsx';
import { Button } from '#ui/button.tsx';
import { Notice } from '#ui/notice.tsx';
import { SaveUnsent } from './save-unsent.tsx';

/** What stands in the way of what is unsent, each with its way out; nothing where nothing does. */
export function OutboxNotices({ unsentCount }: { readonly unsentCount: number }) {
  const { mode, lostCount } = useSyncState();
  const isRevoked = mode === 'revoked';
  return (
    <div className="grid max-w-4xl gap-3 px-4 pb-3">
      {lostCount !== null && <LostNotice count={lostCount} />}
      {isRevoked && <RevokedNotice unsentCount={unsentCount} />}
      {!isRevoked && unsentCount > 0 && <SaveUnsent count={unsentCount} isUrgent={false} />}
    </div>
  );
}

function LostNotice({ count }: { readonly count: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { sync } = usePlatform();
  return (
    <Notice
      tone="warn"
      icon={<HardDrive className="icon-lg text-wrong-text" aria-hidden="true" />}
      title={t('outbox.lost.title')}
      actions={<Button onClick={() => void sync.noteLossSeen()}>{t('outbox.lost.seen')}</Button>}
    >
      {count === 0 ? t('outbox.lost.nothing') : t('outbox.lost.text', { count, shown: format.count(count) })}
    </Notice>
  );
}

function RevokedNotice({ unsentCount }: { readonly unsentCount: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Notice
      tone="alarm"
      icon={<Ban className="icon-lg text-blocked-text" aria-hidden="true" />}
      title={t('outbox.revoked.title')}
      actions={unsentCount > 0 && <SaveUnsent count={unsentCount} isUrgent={true} />}
    >
      {unsentCount === 0
        ? t('outbox.revoked.nothing')
        : t('outbox.revoked.text', { count: unsentCount, shown: format.count(unsentCount) })}
    </Notice>
  );
}
