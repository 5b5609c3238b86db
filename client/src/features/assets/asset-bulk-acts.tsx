import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import { Tags } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { MOST_CHOSEN_LABELS } from '#platform/labels/chosen-things.ts';
import type { Chosen } from '#platform/lists/view/list-view.tsx';
import { usePlatform, useSession } from '#platform/live/replica-context.tsx';
import { Button } from '#ui/button.tsx';
import { actIcons } from './act-icons.ts';
import { type JudgedMany, judgeMany } from './judge-many.ts';
import { JudgeSheet } from './judge-sheet.tsx';
import { type JudgementForm, mayJudge } from './judgement.ts';

/** What can be said of many things at once without looking at each. */
const kinds = ['quarantine', 'repair_start', 'repair_done', 'release', 'retire'] as const;
type Kind = (typeof kinds)[number];

/** Each is an operation of its own: more would keep the device busy for minutes. */
const MOST_AT_ONCE = 500;

/** What is done with chosen pieces: their state is set, their labels are printed. */
export function AssetBulkActs({
  chosen,
  onLabels,
}: {
  readonly chosen: Chosen;
  readonly onLabels: (ids: readonly string[]) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { replica, recordOperation } = usePlatform();
  const { permissions } = useSession();
  const [asked, setAsked] = useState<Kind | null>(null);
  const [progress, setProgress] = useState<number | null>(null);
  const [judged, setJudged] = useState<JudgedMany | null>(null);
  const stop = useRef(new AbortController());
  const isTooMany = chosen.count > MOST_AT_ONCE;
  const numbers = (count: number) => ({ count, shown: format.count(count) });

  const judge = async (kind: Kind, form: JudgementForm) => {
    stop.current = new AbortController();
    setJudged(null);
    setProgress(0);
    const done = await judgeMany(
      { replica, recordOperation },
      kind,
      chosen.readIds() as readonly AssetId[],
      form,
      { permissions, signal: stop.current.signal, onProgress: setProgress },
    );
    setProgress(null);
    setJudged(done);
  };

  return (
    <>
      <p className="flex items-center text-muted-foreground" aria-live="polite">
        {isTooMany && t('lists.inventory.bulkTooMany', { shown: format.count(MOST_AT_ONCE) })}
        {judged !== null && (
          <span>
            {judged.isWhole
              ? t('lists.inventory.bulkDone', numbers(judged.doneCount))
              : t('lists.inventory.bulkStopped', { shown: format.count(judged.doneCount) })}
            {judged.leftCount > 0 && <> {t('lists.inventory.bulkLeft', numbers(judged.leftCount))}</>}
          </span>
        )}
        {progress !== null &&
          t('lists.exporting', { done: format.count(progress), of: format.count(chosen.count) })}
      </p>
      {progress !== null && (
        <Button kind="outline" className="flex-none" onClick={() => stop.current.abort()}>
          {t('lists.inventory.stop')}
        </Button>
      )}
      {progress === null &&
        kinds
          .filter((kind) => mayJudge(kind, permissions))
          .map((kind) => {
            const Icon = actIcons[kind];
            return (
              <Button
                key={kind}
                className="flex-none"
                disabled={isTooMany}
                icon={<Icon className="icon" aria-hidden="true" />}
                onClick={() => setAsked(kind)}
              >
                {t(`assets.judge.${kind}`)}
              </Button>
            );
          })}
      <Button
        kind="outline"
        className="flex-none"
        disabled={chosen.count > MOST_CHOSEN_LABELS}
        icon={<Tags className="icon" aria-hidden="true" />}
        onClick={() => onLabels(chosen.readIds())}
      >
        {t('lists.inventory.labels')}
      </Button>
      {asked !== null && (
        <JudgeSheet
          kind={asked}
          code={t('lists.inventory.pieceCount', numbers(chosen.count))}
          lastPlaceId=""
          hasPhotos={false}
          onRecord={(form) => void judge(asked, form)}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}
