import { Check } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PlaceChip } from '#ui/place-chip.tsx';
import { Sheet } from '#ui/sheet.tsx';
import { TextField } from '#ui/text-field.tsx';
import type { CheckInPlace } from './check-in-detail.ts';

/** More than a person scrolls through; typing narrows it down. */
const SHOWN_PLACES = 60;

/** Picks the place where things are put down; a scan of its label does the same without a touch. */
export function PlaceSheet({
  isOpen,
  places,
  place,
  onPick,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly places: readonly CheckInPlace[];
  readonly place: CheckInPlace | null;
  readonly onPick: (place: CheckInPlace) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const wanted = text.trim().toLocaleLowerCase();
  const found = places.filter(({ code, name }) => `${code} ${name}`.toLocaleLowerCase().includes(wanted));
  return (
    <Sheet title={t('checkin.choosePlace')} isOpen={isOpen} onClose={onClose} closeLabel={t('common.close')}>
      <TextField
        label={t('checkin.findPlace')}
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <ul className="mt-2">
        {found.slice(0, SHOWN_PLACES).map((one) => (
          <li key={one.id} className="border-b border-rule last:border-b-0">
            <button
              type="button"
              className="flex min-h-14 w-full items-center gap-3 text-start hover:bg-hover tablet:min-h-10"
              onClick={() => {
                onPick(one);
                setText('');
                onClose();
              }}
            >
              <PlaceChip>{one.code}</PlaceChip>
              <span className="min-w-0 flex-1 truncate">{one.name}</span>
              {one.id === place?.id && <Check className="icon-lg text-primary-text" />}
            </button>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
