import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShownAttachment } from '#platform/attachments/read-attachments.ts';
import { useAttachment } from '#platform/attachments/use-attachment.ts';
import { IconButton } from '#ui/icon-button.tsx';
import { useObjectUrl } from './use-object-url.ts';

/** One photo or signature as large as the screen; fetched where it is not on this device. Esc and the backdrop close it. */
export function AttachmentView({
  attachment,
  onClose,
}: {
  readonly attachment: ShownAttachment;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const title = t(`attachments.view.${attachment.kind}`);
  const dialog = useRef<HTMLDialogElement>(null);
  const { content, problem } = useAttachment(attachment, true);
  const url = useObjectUrl(content);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      aria-label={title}
      onClose={onClose}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
      className="m-0 h-dvh max-h-none w-full max-w-none bg-background p-0 text-foreground backdrop:bg-scrim tablet:m-auto tablet:h-[92dvh] tablet:w-[92vw] tablet:rounded-sheet"
    >
      <div className="safe-bottom safe-top flex h-full flex-col">
        <header className="flex items-center gap-2 py-1 pe-2 ps-4">
          <h2 className="flex-1 truncate text-[17px] tablet:text-[15px]">{title}</h2>
          <IconButton label={t('common.close')} onClick={onClose}>
            <X className="icon-lg" />
          </IconButton>
        </header>
        <div className="relative grid min-h-0 flex-1 place-items-center" aria-live="polite">
          {url !== null ? (
            <img src={url} alt={title} className="absolute inset-0 size-full object-contain p-2" />
          ) : (
            <p className="max-w-80 text-center text-muted-foreground">
              {problem === null ? t('attachments.fetching') : t(`attachments.readProblem.${problem}`)}
            </p>
          )}
        </div>
      </div>
    </dialog>
  );
}
