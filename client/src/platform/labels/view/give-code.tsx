import { Tag, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { Button } from '#ui/button.tsx';
import { Notice } from '#ui/notice.tsx';
import { AssignCode } from './assign-code.tsx';
import type { Assigned } from './assign-sheet.tsx';

/** Says what a code is on that nobody knew: that settles it everywhere, and can be taken back while this is looked at. */
export function GiveCode({
  code,
  note,
  onAssigned,
}: {
  /** Null where it is not asked, or not any more. */
  readonly code: string | null;
  /** What else comes of it. */
  readonly note?: string;
  readonly onAssigned?: (assigned: Assigned | null) => void;
}) {
  const { t } = useTranslation();
  const { recordOperation } = usePlatform();
  const [isAsking, setAsking] = useState(false);
  const [assigned, setAssigned] = useState<Assigned | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const say = (now: Assigned | null) => {
    setAssigned(now);
    onAssigned?.(now);
  };
  const takeBack = async ({ operationId }: Assigned) => {
    if (operationId === null) return;
    const recorded = await recordOperation({ kind: 'undo', operationId });
    setFailed(!recorded.ok);
    if (recorded.ok) say(null);
  };
  return (
    <>
      {code !== null && assigned === null && (
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
          {note !== undefined && <p className="text-muted-foreground">{note}</p>}
        </>
      )}
      {assigned?.operationId && (
        <Notice
          title={t('labels.given', { code: assigned.code, thing: assigned.thing.code })}
          actions={
            <Button
              aria-keyshortcuts="Control+Z Meta+Z"
              icon={<Undo2 className="icon" />}
              onClick={() => void takeBack(assigned)}
            >
              {t('labels.takeBack')}
            </Button>
          }
        />
      )}
      {hasFailed && <Notice tone="alarm" title={t('labels.failed')} />}
      <AssignCode
        code={isAsking ? code : null}
        onAssigned={(given) => {
          setAsking(false);
          say(given);
        }}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
