import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { useIsWithout } from '#platform/rpc/view/server-screen.tsx';
import type { DeletableKind, ShownHold } from '#platform/trash/ask-trash.ts';
import { noteDeletion } from '#platform/trash/recent-deletions.ts';
import { Button } from '#ui/button.tsx';
import { Notice } from '#ui/notice.tsx';

/** Puts a record into the trash, or says what holds it. Only the server knows all that could, so it needs the signal. */
export function DeleteRecord({ kind, id }: { readonly kind: DeletableKind; readonly id: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { transport } = usePlatform().rpc;
  const isWithout = useIsWithout();
  const [state, setState] = useState<'ready' | 'working' | 'failed' | readonly ShownHold[]>('ready');
  const remove = async () => {
    setState('working');
    try {
      const { putIntoTrash } = await import('#platform/trash/ask-trash.ts');
      const answer = await putIntoTrash(transport, kind, id);
      if ('itemId' in answer) noteDeletion(id, answer.itemId);
      setState('holds' in answer ? answer.holds : 'ready');
    } catch {
      setState('failed');
    }
  };
  return (
    <section className="grid justify-items-start gap-3 px-4 py-4">
      <Button
        kind="quiet"
        size="control"
        icon={<Trash2 className="icon" aria-hidden="true" />}
        disabled={isWithout || state === 'working'}
        onClick={() => void remove()}
      >
        {t(`trash.delete.${kind}`)}
      </Button>
      {isWithout && (
        <p className="text-[14px] text-muted-foreground tablet:text-[12.5px]">{t('trash.needsServer')}</p>
      )}
      <div className="w-full" aria-live="polite">
        {state === 'failed' && <Notice title={t('trash.deleteFailed')} />}
        {typeof state !== 'string' && (
          <div ref={showIt}>
            <Notice tone="warn" title={t('trash.heldTitle')}>
              <ul className="grid gap-1">
                {state.map(({ reason, count }) => (
                  <li key={reason}>{t(`trash.hold.${reason}`, { count, shown: format.count(count) })}</li>
                ))}
              </ul>
            </Notice>
          </div>
        )}
      </div>
    </section>
  );
}

/** It comes below what was pressed, which may be at the end of the screen. */
function showIt(notice: HTMLElement | null): void {
  notice?.scrollIntoView({ block: 'nearest' });
}
