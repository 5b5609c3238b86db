import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlatform, useSession } from '#platform/live/replica-context.tsx';
import type { RecordError } from '#platform/operations/recorded-operation.ts';
import type { FoundAsset } from '#platform/scanner/find-asset.ts';
import { Button } from '#ui/button.tsx';
import { Notice } from '#ui/notice.tsx';
import { actIcons } from './act-icons.ts';
import { JudgeSheet } from './judge-sheet.tsx';
import { type JudgementForm, type JudgementKind, judgementOf, judgementsOf } from './judgement.ts';

/** Says how a thing is: held back, in repair, inspected, gone for good. Works without signal like every scan. */
export function JudgeAsset({ asset }: { readonly asset: FoundAsset }) {
  const { t } = useTranslation();
  const { recordOperation } = usePlatform();
  const { permissions } = useSession();
  const [asked, setAsked] = useState<JudgementKind | null>(null);
  const [problem, setProblem] = useState<RecordError['tag'] | null>(null);
  const record = async (kind: JudgementKind, form: JudgementForm) => {
    const recorded = await recordOperation(judgementOf(kind, asset, form), form.photos);
    setProblem(recorded.ok ? null : recorded.error.tag);
  };
  return (
    <>
      {problem !== null && (
        <div className="px-4 pt-3">
          <Notice tone="alarm" title={t(`assets.judge.${problem}`)} />
        </div>
      )}
      <div className="flex flex-wrap gap-2 px-4 pt-3">
        {judgementsOf(asset.state.status, permissions).map((kind) => {
          const Icon = actIcons[kind === 'inspect' ? 'inspection_result' : kind];
          return (
            <Button
              key={kind}
              kind={kind === 'retire' ? 'quiet' : 'secondary'}
              size="control"
              icon={<Icon className="icon" aria-hidden="true" />}
              onClick={() => setAsked(kind)}
            >
              {t(`assets.judge.${kind}`)}
            </Button>
          );
        })}
      </div>
      {asked !== null && (
        <JudgeSheet
          kind={asked}
          code={asset.code}
          lastPlaceId={asset.state.place.id}
          onRecord={(form) => void record(asked, form)}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}
