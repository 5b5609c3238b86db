import { Link } from '@tanstack/react-router';
import { Undo2 } from 'lucide-react';
import { type ReactNode, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { noteDeletion, onDeletions, recentDeletionOf } from '#platform/trash/recent-deletions.ts';
import { Button } from '#ui/button.tsx';
import { buttonClass } from '#ui/button-class.ts';
import { EmptyState } from '#ui/empty-state.tsx';

/** Where a record was: the way back for whoever has just deleted it, for others that it is gone (`children`). */
export function DeletedHere({
  id,
  icon,
  children,
}: {
  readonly id: string;
  readonly icon: ReactNode;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  const { transport } = usePlatform().rpc;
  const [hasFailed, setFailed] = useState(false);
  const itemId = useSyncExternalStore(onDeletions, () => recentDeletionOf(id));
  if (itemId === null) return children;
  const undo = async () => {
    try {
      const { bringBackFromTrash } = await import('#platform/trash/ask-trash.ts');
      await bringBackFromTrash(transport, itemId);
      noteDeletion(id, null);
    } catch {
      setFailed(true);
    }
  };
  return (
    <EmptyState icon={icon} title={t('trash.inTrash')}>
      <span role="status">{t(hasFailed ? 'trash.restoreFailed' : 'trash.inTrashText')}</span>
      <span className="mt-4 flex flex-wrap justify-center gap-2">
        <Button
          kind="primary"
          size="control"
          icon={<Undo2 className="icon-lg" aria-hidden="true" />}
          onClick={() => void undo()}
        >
          {t('trash.restore')}
        </Button>
        <Link to="/trash" className={buttonClass('outline', 'control')}>
          {t('shell.nav.trash')}
        </Link>
      </span>
    </EmptyState>
  );
}
