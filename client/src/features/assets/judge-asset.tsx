import type { StatusKind } from '@eventkit/shared/ledger/movement.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlatform } from '#platform/live/replica-context.tsx';
import type { RecordError } from '#platform/operations/recorded-operation.ts';
import type { FoundAsset } from '#platform/scanner/find-asset.ts';
import { KEEPS_SCANS } from '#platform/scanner/listen-to-wedge.ts';
import { Button } from '#ui/button.tsx';
import { HoldButton } from '#ui/hold-button.tsx';
import { Notice } from '#ui/notice.tsx';
import { Sheet } from '#ui/sheet.tsx';
import { TextField } from '#ui/text-field.tsx';
import { actIcons } from './act-icons.ts';
import { judgementOf, judgementsOf } from './judgement.ts';

const HOLD_MS = 2000;
/** What the wire takes. */
const LONGEST_WORDS = 2000;

/** Says how a thing is: held back, fit again, gone for good. Works without signal like every scan. */
export function JudgeAsset({ asset }: { readonly asset: FoundAsset }) {
  const { t } = useTranslation();
  const { recordOperation } = usePlatform();
  const [asked, setAsked] = useState<StatusKind | null>(null);
  const [problem, setProblem] = useState<RecordError['tag'] | null>(null);
  const record = async (kind: StatusKind, words: string) => {
    const recorded = await recordOperation(judgementOf(kind, asset, words));
    setProblem(recorded.ok ? null : recorded.error.tag);
  };
  return (
    <>
      {problem !== null && (
        <div className="px-4 pt-3">
          <Notice tone="alarm" title={t(`assets.judge.${problem}`)} />
        </div>
      )}
      <div className="flex gap-2 px-4 pt-3">
        {judgementsOf(asset.state.status).map((kind) => {
          const Icon = actIcons[kind];
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
          onRecord={(words) => void record(asked, words)}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

/** What it does, a line of words, then the act; what cannot be taken back by the next scan is held. */
function JudgeSheet({
  kind,
  code,
  onRecord,
  onClose,
}: {
  readonly kind: StatusKind;
  readonly code: string;
  readonly onRecord: (words: string) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const isRelease = kind === 'release';
  const act = () => {
    onRecord(words);
    onClose();
  };
  return (
    <Sheet
      title={t(`assets.judge.${kind}Title`, { code })}
      isOpen
      onClose={onClose}
      closeLabel={t('common.close')}
    >
      <div className="flex flex-col gap-4">
        <p className="text-[14px] text-muted-foreground">{t(`assets.judge.${kind}Text`)}</p>
        <TextField
          label={t(isRelease ? 'assets.judge.found' : 'assets.judge.reason')}
          placeholder={t(isRelease ? 'assets.judge.foundPlaceholder' : 'assets.judge.reasonPlaceholder')}
          value={words}
          maxLength={LONGEST_WORDS}
          onChange={(event) => setWords(event.target.value)}
          {...{ [KEEPS_SCANS]: '' }}
        />
        {kind === 'retire' ? (
          <HoldButton
            holdMs={HOLD_MS}
            kind="danger"
            isDisabled={words.trim() === ''}
            hint={t('assets.judge.retireHint')}
            onHeld={act}
          >
            {t('assets.judge.retireHold')}
          </HoldButton>
        ) : (
          <Button kind="primary" size="main" disabled={!isRelease && words.trim() === ''} onClick={act}>
            {t(`assets.judge.${kind}`)}
          </Button>
        )}
      </div>
    </Sheet>
  );
}
