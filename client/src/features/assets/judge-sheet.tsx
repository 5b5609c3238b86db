import type { StorageLocationId } from '@eventkit/shared/kernel/ids.ts';
import type { InspectionOutcome } from '@eventkit/shared/operations/operation.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTyped } from '#i18n/typed/use-typed.ts';
import { usePhotos } from '#platform/attachments/use-photos.ts';
import { PhotoPicker } from '#platform/attachments/view/photo-picker.tsx';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import { KEEPS_SCANS } from '#platform/scanner/listen-to-wedge.ts';
import { PlaceButton, PlaceCode } from '#platform/scanner/view/place-button.tsx';
import { Button } from '#ui/button.tsx';
import { HoldButton } from '#ui/hold-button.tsx';
import { PickSheet } from '#ui/pick-sheet.tsx';
import { Sheet } from '#ui/sheet.tsx';
import { TextField } from '#ui/text-field.tsx';
import { TypedField } from '#ui/typed-field.tsx';
import { type JudgementForm, type JudgementKind, needsWords } from './judgement.ts';

type FoundPlace = { readonly id: StorageLocationId; readonly code: string; readonly name: string };

export const PLACES_TO_FIND_AT = 'SELECT id, code, name FROM storage_locations ORDER BY code';

const HOLD_MS = 2000;
/** What the wire takes. */
const LONGEST_WORDS = 2000;

/** What it does, a line of words, then the act; what cannot be taken back by the next scan is held. */
export function JudgeSheet({
  kind,
  code,
  lastPlaceId,
  hasPhotos = true,
  onRecord,
  onClose,
}: {
  readonly kind: JudgementKind;
  readonly code: string;
  /** Where the books had it last: a lost thing may well lie there. */
  readonly lastPlaceId: string;
  /** False for many things at once: a photo shows one. */
  readonly hasPhotos?: boolean;
  readonly onRecord: (form: JudgementForm) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const photos = usePhotos();
  const [inspectionText, setInspectionText] = useState('');
  const { readComingDay } = useTyped();
  const nextInspection = inspectionText.trim() === '' ? null : readComingDay(inspectionText);
  const [place, setPlace] = useState<FoundPlace | null>(null);
  const places = useLiveQuery<FoundPlace>(PLACES_TO_FIND_AT).rows;
  const [isPicking, setPicking] = useState(false);
  const foundAt = place ?? places.find(({ id }) => id === lastPlaceId) ?? null;
  const isMissing =
    photos.isPreparing ||
    nextInspection?.ok === false ||
    (needsWords(kind) && words.trim() === '') ||
    (kind === 'found' && foundAt === null);
  const act = (outcome: InspectionOutcome) => {
    const inspectionDueAt = nextInspection?.ok === true ? nextInspection.value.value : null;
    onRecord({ words, inspectionDueAt, outcome, locationId: foundAt?.id ?? null, photos: photos.taken });
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
        {kind === 'found' && (
          <PlaceButton
            label={t('assets.judge.foundAt')}
            hint={t('assets.judge.foundAtHint')}
            onClick={() => setPicking(true)}
          >
            <PlaceCode>{foundAt?.code ?? t('assets.judge.choosePlace')}</PlaceCode>
          </PlaceButton>
        )}
        <TextField
          label={t(`assets.judge.${asked}`)}
          placeholder={t(`assets.judge.${asked}Placeholder`)}
          value={words}
          maxLength={LONGEST_WORDS}
          onChange={(event) => setWords(event.target.value)}
          {...{ [KEEPS_SCANS]: '' }}
        />
        {(kind === 'repair_done' || kind === 'inspect') && (
          <TypedField
            label={t('assets.judge.nextInspection')}
            value={inspectionText}
            understood={nextInspection}
            onText={setInspectionText}
            {...{ [KEEPS_SCANS]: '' }}
          />
        )}
        {kind === 'quarantine' && hasPhotos && <PhotoPicker photos={photos} />}
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
      <PickSheet
        title={t('assets.judge.choosePlace')}
        findLabel={t('common.search')}
        closeLabel={t('common.close')}
        isOpen={isPicking}
        items={places.map((one) => ({ id: one.id, name: one.code, hint: one.name }))}
        pickedId={foundAt?.id ?? null}
        onPick={({ id }) => setPlace(places.find((one) => one.id === id) ?? null)}
        onClose={() => setPicking(false)}
      />
    </Sheet>
  );
}

function askedFor(kind: JudgementKind): 'reason' | 'done' | 'work' | 'inspected' | 'note' {
  if (kind === 'inspect') return 'inspected';
  if (kind === 'repair_start') return 'work';
  if (kind === 'found') return 'note';
  return needsWords(kind) ? 'reason' : 'done';
}
