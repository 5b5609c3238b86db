import { err, ok } from '@eventkit/shared/kernel/result.ts';
import { Search } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '#ui/button.tsx';
import { NumberPad } from '#ui/number-pad.tsx';
import { PickSheet } from '#ui/pick-sheet.tsx';
import { Segmented } from '#ui/segmented.tsx';
import { SelectField } from '#ui/select-field.tsx';
import { SignaturePad } from '#ui/signature-pad.tsx';
import type { Stroke } from '#ui/smooth-path.ts';
import { TextField } from '#ui/text-field.tsx';
import { TickRow } from '#ui/tick-row.tsx';
import { TypedField } from '#ui/typed-field.tsx';

const nothing = () => undefined;
const places = [
  { id: '1', name: 'K-107', hint: 'Cable wall' },
  { id: '2', name: 'R-12', hint: 'Rack 12' },
];

/** What people type into and choose from. */
export const fieldSpecimens: Readonly<Record<string, () => ReactNode>> = {
  'text-field': () => (
    <>
      <TextField label="Empty" placeholder="Placeholder" value="" onChange={nothing} />
      <TextField
        label="With icon and hint"
        icon={<Search className="icon" />}
        hint="A hint"
        defaultValue="Cable"
      />
      <TextField label="Refused" error="What is wrong, and the fix." defaultValue="???" />
      <TextField label="Disabled" disabled defaultValue="Not now" />
    </>
  ),
  'typed-field': () => (
    <>
      <TypedField label="Nothing asked" understood={null} value="" onText={nothing} />
      <TypedField
        label="Understood"
        understood={ok({ shown: 'Thu 26 Nov 2026, 14:00' })}
        value="thu 14"
        onText={nothing}
      />
      <TypedField label="Refused" understood={err('That could be two days.')} value="3/4" onText={nothing} />
    </>
  ),
  'select-field': () => (
    <>
      <SelectField label="Plain" hint="A hint">
        <option>confirmed</option>
      </SelectField>
      <SelectField label="Refused" error="Choose one from the list.">
        <option>?</option>
      </SelectField>
      <SelectField label="Disabled" disabled>
        <option>draft</option>
      </SelectField>
    </>
  ),
  segmented: Segments,
  'tick-row': Ticked,
  'number-pad': Pad,
  'signature-pad': Paper,
  'pick-sheet': Picker,
};

function Segments() {
  const [value, setValue] = useState<'en' | 'de'>('en');
  return (
    <Segmented
      legend="One of a few"
      value={value}
      choices={[
        { value: 'en', label: 'English' },
        { value: 'de', label: 'Deutsch' },
      ]}
      onChange={setValue}
    />
  );
}

function Ticked() {
  const [isTicked, setTicked] = useState(true);
  return (
    <>
      <TickRow isTicked={isTicked} onChange={setTicked}>
        Press me
      </TickRow>
      <TickRow isTicked={false} onChange={nothing}>
        Not ticked
      </TickRow>
    </>
  );
}

function Pad() {
  const [digits, setDigits] = useState('12');
  return (
    <>
      <output className="text-[22px]">{digits}</output>
      <NumberPad
        digits={digits}
        labels={{ delete: 'Delete', more: 'More', less: 'Less' }}
        onDigits={setDigits}
        extra={<Button size="touch">extra</Button>}
        main={
          <Button kind="primary" size="touch">
            main
          </Button>
        }
      />
    </>
  );
}

function Paper() {
  const [strokes, setStrokes] = useState<readonly Stroke[]>([]);
  return <SignaturePad label="Signature" hint="Sign here" strokes={strokes} onChange={setStrokes} />;
}

function Picker() {
  const [isOpen, setOpen] = useState(false);
  const [pickedId, setPickedId] = useState('1');
  return (
    <>
      <Button onClick={() => setOpen(true)}>Open</Button>
      <PickSheet
        title="Where is it?"
        findLabel="Search"
        closeLabel="Close"
        isOpen={isOpen}
        items={places}
        pickedId={pickedId}
        onPick={({ id }) => setPickedId(id)}
        onClose={() => setOpen(false)}
      />
    </>
  );
}
