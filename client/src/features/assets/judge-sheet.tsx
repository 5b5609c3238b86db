import type { InspectionOutcome } from '@eventkit/shared/operations/operation.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePhotos } from '#platform/attachments/use-photos.ts';
import { PhotoPicker } from '#platform/attachments/view/photo-picker.tsx';
import { KEEPS_SCANS } from '#platform/scanner/listen-to-wedge.ts';
import { Button } from '#ui/button.tsx';
import { HoldButton } from '#ui/hold-button.tsx';
import { Sheet } from '#ui/sheet.tsx';
import { TextField } from '#ui/text-field.tsx';
import { type JudgementForm, type JudgementKind, needsWords } from './judgement.ts';

const HOLD_MS = 2000;
/** What the wire takes. */
const LONGEST_WORDS = 2000;

/** What it does, a line of words, then the act; what cannot be taken back by the next scan is held. */
export function JudgeSheet({
  kind,
  code,
  onRecord,
  onClose,
}: {
  readonly kind: JudgementKind;
  readonly code: string;
  readonly onRecord: (form: JudgementForm) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const photos = usePhotos();
  const [nextInspectionOn, setNextInspectionOn] = useState('');
  const isMissing = photos.isPreparing || (needsWords(kind) && words.trim() === '');
  const act = (outcome: InspectionOutcome) => {
    onRecord({ words, nextInspectionOn, outcome, photos: photos.taken });
    onClose();
  };
  const asked = askedFor(kind);
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
          label={t(`assets.judge.${asked}`)}
          placeholder={t(`assets.judge.${asked}Placeholder`)}
          value={words}
          maxLength={LONGEST_WORDS}
          onChange={(event) => setWords(event.target.value)}
          {...{ [KEEPS_SCANS]: '' }}
        />
        {(kind === 'repair_done' || kind === 'inspect') && (
          <TextField
            type="date"
            label={t('assets.judge.nextInspection')}
            value={nextInspectionOn}
            onChange={(event) => setNextInspectionOn(event.target.value)}
            {...{ [KEEPS_SCANS]: '' }}
          />
        )}
        {kind === 'quarantine' && <PhotoPicker photos={photos} />}
        {kind === 'retire' && (
          <HoldButton
            holdMs={HOLD_MS}
            kind="danger"
            isDisabled={isMissing}
            hint={t('assets.judge.retireHint')}
            onHeld={() => act('passed')}
          >
            {t('assets.judge.retireHold')}
          </HoldButton>
        )}
        {kind === 'inspect' && (
          <div className="grid grid-cols-2 gap-3">
            <Button kind="secondary" size="main" disabled={isMissing} onClick={() => act('failed')}>
              {t('assets.judge.failed')}
            </Button>
            <Button kind="primary" size="main" disabled={isMissing} onClick={() => act('passed')}>
              {t('assets.judge.passed')}
            </Button>
          </div>
        )}
        {kind !== 'retire' && kind !== 'inspect' && (
          <Button kind="primary" size="main" disabled={isMissing} onClick={() => act('passed')}>
            {t(`assets.judge.${kind}`)}
          </Button>
        )}
      </div>
    </Sheet>
  );
}

function askedFor(kind: JudgementKind): 'reason' | 'found' | 'work' | 'inspected' {
  if (kind === 'inspect') return 'inspected';
  if (kind === 'repair_start') return 'work';
  return needsWords(kind) ? 'reason' : 'found';
}
