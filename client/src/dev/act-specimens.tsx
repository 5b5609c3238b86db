import { Plus, ScanLine } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { BackLink } from '#ui/back-link.tsx';
import { Button } from '#ui/button.tsx';
import type { ButtonKind, ButtonSize } from '#ui/button-class.ts';
import { HoldButton } from '#ui/hold-button.tsx';
import { IconButton } from '#ui/icon-button.tsx';
import { KeyCap } from '#ui/key-cap.tsx';
import { PickRow } from '#ui/pick-row.tsx';
import { Sheet } from '#ui/sheet.tsx';
import { ThumbBar } from '#ui/thumb-bar.tsx';
import { Toast } from '#ui/toast.tsx';

const kinds: readonly ButtonKind[] = ['primary', 'secondary', 'outline', 'quiet', 'danger'];
const sizes: readonly ButtonSize[] = ['main', 'touch', 'control'];
const nothing = () => undefined;

/** What people press, and what opens by it. */
export const actSpecimens: Readonly<Record<string, () => ReactNode>> = {
  button: () => (
    <>
      {sizes.map((size) => (
        <div key={size} className="flex flex-wrap gap-2">
          {kinds.map((kind) => (
            <Button key={kind} kind={kind} size={size} icon={<Plus className="icon" />}>
              {kind}
            </Button>
          ))}
          <Button size={size} disabled>
            disabled
          </Button>
        </div>
      ))}
      <Button kind="primary" size="main" icon={<ScanLine className="icon-lg" />} hint="What exactly happens">
        With a hint
      </Button>
    </>
  ),
  'hold-button': () => (
    <div className="flex flex-wrap gap-2">
      <HoldButton onHeld={nothing}>Hold</HoldButton>
      <HoldButton onHeld={nothing} kind="danger" hint="It leaves a mark">
        Hold
      </HoldButton>
      <HoldButton onHeld={nothing} isDisabled>
        Not now
      </HoldButton>
    </div>
  ),
  'icon-button': () => (
    <div className="flex">
      <IconButton label="Scan">
        <ScanLine className="icon-lg" />
      </IconButton>
      <IconButton label="Scan" disabled>
        <ScanLine className="icon-lg" />
      </IconButton>
    </div>
  ),
  'back-link': () => <BackLink label="Back" to="/" />,
  'key-cap': () => (
    <span className="flex gap-1">
      <KeyCap>G</KeyCap>
      <KeyCap>Ctrl K</KeyCap>
    </span>
  ),
  'pick-row': () => (
    <ul>
      <PickRow onPick={nothing}>First</PickRow>
      <PickRow onPick={nothing}>Second</PickRow>
    </ul>
  ),
  'thumb-bar': () => (
    <ThumbBar>
      <Button size="touch" className="flex-1">
        Other
      </Button>
      <Button kind="primary" size="touch" className="flex-[2]">
        Scan
      </Button>
    </ThumbBar>
  ),
  sheet: OpenSheet,
  toast: ShowToast,
};

function OpenSheet() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Open</Button>
      <Sheet title="A sheet" isOpen={isOpen} onClose={() => setOpen(false)} closeLabel="Close">
        What it is about.
      </Sheet>
    </>
  );
}

function ShowToast() {
  const [isShown, setShown] = useState(false);
  return (
    <>
      <Button onClick={() => setShown(true)}>Show</Button>
      <Toast icon={<ScanLine className="icon" />} closeLabel="Close" onClose={() => setShown(false)}>
        {isShown ? 'It needs no answer.' : null}
      </Toast>
    </>
  );
}
