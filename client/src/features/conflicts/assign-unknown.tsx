import { Tag, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AssignCode } from '#platform/labels/view/assign-code.tsx';
import type { Assigned } from '#platform/labels/view/assign-sheet.tsx';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { Button } from '#ui/button.tsx';
import { Notice } from '#ui/notice.tsx';
import type { ShownConflict } from './read-conflicts.ts';

/** Says what a code is on that nobody knew: that settles it everywhere, and can be taken back while this is looked at. */
export function AssignUnknown({ conflict }: { readonly conflict: ShownConflict }) {
  const { t } = useTranslation();
  const { recordOperation } = usePlatform();
  const [isAsking, setAsking] = useState(false);
  const [assigned, setAssigned] = useState<Assigned | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const takeBack = async ({ operationId }: Assigned) => {
    if (operationId === null) return;
    const recorded = await recordOperation({ kind: 'undo', operationId });
    setFailed(!recorded.ok);
    if (recorded.ok) setAssigned(null);
  };
  return (
    <section className="mt-5 flex flex-col items-start gap-3">
      {conflict.status === 'open' && conflict.code !== null && (
        <>
          <Button
            kind="primary"
            size="touch"
            icon={<Tag className="icon-lg" aria-hidden="true" />}
            hint={t('labels.giveHint')}
            onClick={() => setAsking(true)}
          >
            {t('labels.give')}
          </Button>
          <p className="text-muted-foreground">{t('conflicts.assignLater')}</p>
        </>
      )}
      {assigned?.operationId && (
        <Notice
          title={t('labels.given', { code: assigned.code, thing: assigned.thing.code })}
          actions={
            <Button icon={<Undo2 className="icon" />} onClick={() => void takeBack(assigned)}>
              {t('labels.takeBack')}
            </Button>
          }
        />
      )}
      {hasFailed && <Notice tone="alarm" title={t('conflicts.resolve.notRecorded')} />}
      <AssignCode
        code={isAsking ? conflict.code : null}
        onAssigned={(given) => {
          setAsking(false);
          setAssigned(given);
        }}
        onClose={() => setAsking(false)}
      />
    </section>
  );
}
