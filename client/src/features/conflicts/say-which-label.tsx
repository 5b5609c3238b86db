import type { LabelTarget } from '@eventkit/shared/labels/label-intents.ts';
import { Check, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sayAgain } from '#platform/labels/label-acts.ts';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { Button } from '#ui/button.tsx';
import { Notice } from '#ui/notice.tsx';
import type { SideRow } from './conflict-queries.ts';
import type { ShownConflict } from './read-conflicts.ts';

/** Which of two things a label is on: said by one touch, it is the newest fact of the label and settles it. */
export function SayWhichLabel({ conflict }: { readonly conflict: ShownConflict }) {
  const { t } = useTranslation();
  const platform = usePlatform();
  const [hasFailed, setFailed] = useState(false);
  const { code, first, second } = conflict;
  if (code === null || conflict.status !== 'open') return null;
  const say = async (target: LabelTarget) => {
    const recorded = await sayAgain(platform, code, target);
    setFailed(!recorded.ok);
  };
  const answers = [
    { side: second, kind: 'primary', icon: <Check className="icon-lg" aria-hidden="true" /> },
    { side: first, kind: 'secondary', icon: <Undo2 className="icon-lg" aria-hidden="true" /> },
  ] as const;
  return (
    <section className="mt-5 flex flex-col gap-2 tablet:flex-row">
      {answers.map(({ side, kind, icon }) => {
        const target = targetOfSide(side);
        if (side === null || target === null) return null;
        return (
          <Button key={side.id} kind={kind} size="touch" icon={icon} onClick={() => void say(target)}>
            {t('conflicts.labelIsOn', { thing: side.toName ?? t('conflicts.place.unknown') })}
          </Button>
        );
      })}
      {hasFailed && <Notice tone="alarm" title={t('conflicts.resolve.notRecorded')} />}
    </section>
  );
}

function targetOfSide(side: SideRow | null): LabelTarget | null {
  if (side === null || side.toId === null) return null;
  return side.toKind === 'asset' || side.toKind === 'location'
    ? ({ kind: side.toKind, id: side.toId } as LabelTarget)
    : null;
}
