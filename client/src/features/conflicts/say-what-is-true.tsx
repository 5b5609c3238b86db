import type { AssetConflictClass } from '@eventkit/shared/ledger/conflict.ts';
import { Check, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { Button } from '#ui/button.tsx';
import { Notice } from '#ui/notice.tsx';
import type { ShownConflict } from './read-conflicts.ts';
import { meaningsOf, type ResolutionMeaning, resolveConflict } from './resolve-conflict.ts';
import { usePlaceText } from './use-conflict-texts.ts';

type TwoSided = Extract<AssetConflictClass, 'double_check_out' | 'two_cases'>;

/** One touch settles it for everybody, with or without signal; what is said stands in the history with a name. */
export function SayWhatIsTrue({ conflict }: { readonly conflict: ShownConflict }) {
  const { t } = useTranslation();
  const platform = usePlatform();
  const placeText = usePlaceText();
  const [hasFailed, setFailed] = useState(false);
  const meanings = meaningsOf(conflict);
  if (meanings.length === 0) return null;
  // Only conflicts about an asset have a meaning to choose.
  const conflictClass = conflict.class as AssetConflictClass;
  const say = async (meaning: ResolutionMeaning) => {
    const recorded = await resolveConflict(platform, conflict, meaning);
    setFailed(!recorded.ok);
  };
  const { first, second } = conflict;
  return (
    <div className="mb-4">
      <p className="mb-3 max-w-prose text-muted-foreground">{t('conflicts.resolve.say')}</p>
      <div className="flex flex-col gap-2 tablet:flex-row">
        <Button
          kind="primary"
          size="touch"
          icon={<Check className="icon-lg" aria-hidden="true" />}
          onClick={() => void say('stands')}
          aria-keyshortcuts="s"
        >
          {t(`conflicts.resolve.stands.${conflictClass}`, {
            place: placeText(second?.toKind ?? null, second?.toName ?? null),
          })}
        </Button>
        {meanings.includes('other') && (
          <Button
            kind="secondary"
            size="touch"
            icon={<Undo2 className="icon-lg" aria-hidden="true" />}
            onClick={() => void say('other')}
            aria-keyshortcuts="o"
          >
            {t(`conflicts.resolve.other.${conflictClass as TwoSided}`, {
              place: placeText(first?.toKind ?? null, first?.toName ?? null),
            })}
          </Button>
        )}
      </div>
      {hasFailed && (
        <div className="mt-3">
          <Notice tone="alarm" title={t('conflicts.resolve.notRecorded')} />
        </div>
      )}
    </div>
  );
}
