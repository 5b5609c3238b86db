import { FilePlus2 } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '#ui/button.tsx';

/** What the server takes; it looks again. JPEG makes phones turn their own format into it. */
const ACCEPTED =
  '.pdf,.jpg,.jpeg,.png,.webp,.docx,.xlsx,.pptx,.odt,.ods,.odp,.txt,.csv,.dwg,.dxf,.step,.stp,.mvr,.gdtf';

/** A button that asks for one file. */
export function PickFile({
  label,
  kind = 'outline',
  isDisabled,
  onPick,
}: {
  readonly label: string;
  readonly kind?: 'outline' | 'quiet';
  readonly isDisabled: boolean;
  readonly onPick: (file: File) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        kind={kind}
        icon={<FilePlus2 className="icon" />}
        disabled={isDisabled}
        onClick={() => input.current?.click()}
      >
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept={ACCEPTED}
        aria-label={label}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          // The same one can be picked again after a refusal.
          currentTarget.value = '';
          if (file !== undefined) onPick(file);
        }}
      />
    </>
  );
}
