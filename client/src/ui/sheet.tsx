import { X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { IconButton } from './icon-button.tsx';

/** A modal sheet: from below on phones, in the middle on desktops. Esc and the backdrop close it. */
export function Sheet({
  title,
  isOpen,
  onClose,
  closeLabel,
  children,
}: {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly closeLabel: string;
  readonly children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    if (isOpen && !element.open) element.showModal();
    if (!isOpen && element.open) element.close();
  }, [isOpen]);

  return (
    <dialog
      ref={dialog}
      aria-label={title}
      onClose={(event) => {
        // React lets it bubble out of a sheet within this one.
        if (event.target === event.currentTarget) onClose();
      }}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
      className="m-0 mt-auto max-h-[85dvh] w-full max-w-none overflow-hidden rounded-t-sheet bg-popover text-foreground backdrop:bg-scrim tablet:m-auto tablet:max-w-lg tablet:rounded-sheet"
    >
      {isOpen && (
        <div className="safe-bottom flex max-h-[85dvh] flex-col tablet:pb-4">
          <header className="flex items-center gap-2 border-b border-border py-1 pe-2 ps-4">
            <h2 className="my-1.5 line-clamp-2 flex-1 wrap-anywhere text-[17px] leading-snug tablet:text-[15px]">
              {title}
            </h2>
            <IconButton label={closeLabel} onClick={onClose}>
              <X className="icon-lg" />
            </IconButton>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto p-4">{children}</div>
        </div>
      )}
    </dialog>
  );
}
