import { CloudOff, ImageDown, ImageUp } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShownAttachment } from '#platform/attachments/read-attachments.ts';
import { useAttachment, useIsCutOff } from '#platform/attachments/use-attachment.ts';
import { AttachmentView } from './attachment-view.tsx';
import { useObjectUrl } from './use-object-url.ts';

/** The photos of one entry: small ones of what lies here, and what is to be said of the others. */
export function AttachmentStrip({ attachments }: { readonly attachments: readonly ShownAttachment[] }) {
  const [openId, setOpenId] = useState<string | null>(null);
  if (attachments.length === 0) return null;
  const open = attachments.find(({ id }) => id === openId);
  return (
    <>
      <ul className="mt-2 flex flex-wrap gap-2">
        {attachments.map((attachment, index) => (
          <li key={attachment.id}>
            <Tile attachment={attachment} number={index + 1} onOpen={() => setOpenId(attachment.id)} />
          </li>
        ))}
      </ul>
      {open && <AttachmentView attachment={open} onClose={() => setOpenId(null)} />}
    </>
  );
}

type TileProps = {
  readonly attachment: ShownAttachment;
  readonly number: number;
  readonly onOpen: () => void;
};

function Tile({ attachment, number, onOpen }: TileProps) {
  const { t } = useTranslation();
  const isCutOff = useIsCutOff();
  const { content } = useAttachment(attachment, attachment.isHere);
  const url = useObjectUrl(content);
  if (url !== null) {
    return (
      <button type="button" onClick={onOpen} className={`${tile} overflow-hidden border-solid`}>
        <img src={url} alt={t('attachments.open', { number })} className="size-full object-cover" />
      </button>
    );
  }
  if (attachment.isHere) return <span className={tile} />;
  if (!attachment.isUploaded) {
    return <Absent icon={<ImageUp className="icon" />}>{t('attachments.notYet')}</Absent>;
  }
  if (isCutOff) {
    return <Absent icon={<CloudOff className="icon" />}>{t('attachments.notHere')}</Absent>;
  }
  return (
    <button type="button" onClick={onOpen} className={`${tile} hover:bg-hover`}>
      <ImageDown className="icon" aria-hidden="true" />
      {t('attachments.load')}
    </button>
  );
}

function Absent({ icon, children }: { readonly icon: ReactNode; readonly children: ReactNode }) {
  return (
    <span className={`${tile} bg-muted text-muted-foreground`}>
      <span aria-hidden="true">{icon}</span>
      {children}
    </span>
  );
}

const tile =
  'flex size-22 flex-col items-center justify-center gap-1 rounded-control border border-dashed border-border p-1 text-center text-[12px] leading-tight';
