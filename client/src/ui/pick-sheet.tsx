import { Check } from 'lucide-react';
import { useState } from 'react';
import { PickRow } from './pick-row.tsx';
import { Sheet } from './sheet.tsx';
import { TextField } from './text-field.tsx';

/** More than a person scrolls through; typing narrows it down. */
const SHOWN = 60;

export type Pickable = { readonly id: string; readonly name: string; readonly hint?: string };

/** Picks one of many by touch; typing any part of its words finds it. */
export function PickSheet<Item extends Pickable>({
  title,
  findLabel,
  closeLabel,
  isOpen,
  items,
  pickedId,
  onPick,
  onClose,
}: {
  readonly title: string;
  readonly findLabel: string;
  readonly closeLabel: string;
  readonly isOpen: boolean;
  readonly items: readonly Item[];
  readonly pickedId: string | null;
  readonly onPick: (item: Item) => void;
  readonly onClose: () => void;
}) {
  const [text, setText] = useState('');
  const wanted = text.trim().toLocaleLowerCase();
  const found = items.filter(({ name, hint = '' }) => `${name} ${hint}`.toLocaleLowerCase().includes(wanted));
  return (
    <Sheet title={title} isOpen={isOpen} onClose={onClose} closeLabel={closeLabel}>
      <TextField
        label={findLabel}
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <ul className="mt-2">
        {found.slice(0, SHOWN).map((item) => (
          <PickRow
            key={item.id}
            onPick={() => {
              onPick(item);
              setText('');
              onClose();
            }}
          >
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{item.name}</span>
              {item.hint !== undefined && item.hint !== '' && (
                <span className="block truncate text-[14px] text-muted-foreground">{item.hint}</span>
              )}
            </span>
            {item.id === pickedId && <Check className="icon-lg text-primary-text" aria-hidden="true" />}
          </PickRow>
        ))}
      </ul>
    </Sheet>
  );
}
