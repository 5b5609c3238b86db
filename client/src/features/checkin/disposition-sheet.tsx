import type { Disposition } from '@eventkit/shared/operations/operation.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePhotos } from '#platform/attachments/use-photos.ts';
import { PhotoPicker } from '#platform/attachments/view/photo-picker.tsx';
import { KEEPS_SCANS } from '#platform/scanner/listen-to-wedge.ts';
import { Button } from '#ui/button.tsx';
import { Sheet } from '#ui/sheet.tsx';
import { TextField } from '#ui/text-field.tsx';
import type { CheckInJob } from './check-in.ts';

/** What the wire takes. */
const LONGEST_NOTE = 2000;

/** What a person adds to a disposition. */
export type Said = Pick<CheckInJob, 'note' | 'photos'>;

export type Asked = { readonly code: string; readonly disposition: Exclude<Disposition, 'ok'> };

/** The second touch: says what the disposition does, takes a note, records. */
export function DispositionSheet({
  asked,
  onRecord,
  onClose,
}: {
  /** Null keeps the sheet closed. */
  readonly asked: Asked | null;
  readonly onRecord: (said: Said) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [note, setNote] = useState('');
  const photos = usePhotos();
  const disposition = asked ? t(`checkin.disposition.${asked.disposition}`) : '';
  const close = () => {
    setNote('');
    photos.clear();
    onClose();
  };
  return (
    <Sheet
      title={t('checkin.sheetTitle', { code: asked?.code ?? '', disposition })}
      isOpen={asked !== null}
      onClose={close}
      closeLabel={t('common.close')}
    >
      <div className="flex flex-col gap-4">
        <p className="text-[14px] text-muted-foreground">{asked && t(hints[asked.disposition])}</p>
        <TextField
          label={t('checkin.note')}
          placeholder={t('checkin.notePlaceholder')}
          value={note}
          maxLength={LONGEST_NOTE}
          onChange={(event) => setNote(event.target.value)}
          {...{ [KEEPS_SCANS]: '' }}
        />
        {asked?.disposition === 'damaged' && <PhotoPicker photos={photos} />}
        <Button
          kind="primary"
          size="main"
          disabled={photos.isPreparing}
          onClick={() => {
            onRecord({ note: note.trim() === '' ? null : note.trim(), photos: photos.taken });
            close();
          }}
        >
          {t('checkin.record', { disposition })}
        </Button>
      </div>
    </Sheet>
  );
}

const hints = {
  damaged: 'checkin.noteHint',
  lost: 'checkin.lostHint',
  consumed: 'checkin.consumedHint',
} as const;
