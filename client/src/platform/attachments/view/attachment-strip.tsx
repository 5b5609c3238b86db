import type { AttachmentKind } from '@eventkit/shared/attachments/attachment.ts';
import { CloudOff, ImageDown, ImageUp } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShownAttachment } from '#platform/attachments/read-attachments.ts';
import { useAttachment, useIsCutOff } from '#platform/attachments/use-attachment.ts';
import { AttachmentView } from './attachment-view.tsx';
import { useObjectUrl } from './use-object-url.ts';

/** The photos and signatures of one entry: small ones of what lies here, and what is to be said of the others. */
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
  const { kind } = attachment;
  const isCutOff = useIsCutOff();
  const { content } = useAttachment(attachment, attachment.isHere);
  const url = useObjectUrl(content);
  if (url !== null) {
    return (
      <button type="button" onClick={onOpen} className={`${tileOf(kind)} overflow-hidden border-solid`}>
        <img src={url} alt={t(`attachments.open.${kind}`, { number })} className={pictureOf(kind)} />
      </button>
    );
  }
  if (attachment.isHere) return <span className={tileOf(kind)} />;
  if (!attachment.isUploaded) {
    return <Absent icon={<ImageUp className="icon" />}>{t('attachments.notYet')}</Absent>;
  }
  if (isCutOff) {
    return <Absent icon={<CloudOff className="icon" />}>{t('attachments.notHere')}</Absent>;
  }
  return (
    <button type="button" onClick={onOpen} className={`${tileOf(kind)} hover:bg-hover`}>
      <ImageDown className="icon" aria-hidden="true" />
      {t(`attachments.load.${kind}`)}
    </button>
  );
}

function Absent({ icon, children }: { readonly icon: ReactNode; readonly children: ReactNode }) {
  return (
    <span className={`${tile} size-22 bg-muted text-muted-foreground`}>
      <span aria-hidden="true">{icon}</span>
      {children}
    </span>
  );
}

/** A signature is shown whole, as wide as paper is. */
function tileOf(kind: AttachmentKind): string {
  return `${tile} ${kind === 'signature' ? 'h-22 w-36' : 'size-22'}`;
}

function pictureOf(kind: AttachmentKind): string {
  return `size-full ${kind === 'signature' ? 'bg-paper object-contain' : 'object-cover'}`;
}

const tile =
  'flex flex-col items-center justify-center gap-1 rounded-control border border-dashed border-border p-1 text-center text-[12px] leading-tight';
