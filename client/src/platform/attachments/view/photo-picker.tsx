import { Camera, Images, X } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Photos } from '#platform/attachments/use-photos.ts';
import { Button } from '#ui/button.tsx';
import { useObjectUrl } from './use-object-url.ts';

/** Adds photos to what is about to be recorded: from the camera, or from what the device has. */
export function PhotoPicker({ photos }: { readonly photos: Photos }) {
  const { t } = useTranslation();
  const camera = useRef<HTMLInputElement>(null);
  const library = useRef<HTMLInputElement>(null);
  const add = (input: HTMLInputElement) => {
    photos.add([...(input.files ?? [])]);
    // The same file can be picked again.
    input.value = '';
  };
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-[14px] font-medium tablet:text-[13px]">{t('attachments.photos')}</legend>
      {photos.taken.length > 0 && (
        <ul className="mb-2 grid grid-cols-3 gap-2">
          {photos.taken.map(({ file, bytes }, index) => (
            <li key={file.id} className="relative">
              <Preview bytes={bytes} label={t('attachments.number', { number: index + 1 })} />
              <button
                type="button"
                aria-label={t('attachments.remove', { number: index + 1 })}
                onClick={() => photos.remove(file.id)}
                className="absolute top-0 inset-e-0 grid size-12 place-items-center"
              >
                <span className="grid size-8 place-items-center rounded-control border border-border bg-popover">
                  <X className="icon" aria-hidden="true" />
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="grid grid-cols-2 gap-2">
        <Button
          kind="outline"
          size="touch"
          icon={<Camera className="icon" aria-hidden="true" />}
          onClick={() => camera.current?.click()}
        >
          {t('attachments.take')}
        </Button>
        <Button
          kind="outline"
          size="touch"
          icon={<Images className="icon" aria-hidden="true" />}
          onClick={() => library.current?.click()}
        >
          {t('attachments.choose')}
        </Button>
      </div>
      <input
        ref={camera}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        aria-label={t('attachments.take')}
        onChange={(event) => add(event.target)}
      />
      <input
        ref={library}
        type="file"
        accept="image/*"
        multiple
        hidden
        aria-label={t('attachments.choose')}
        onChange={(event) => add(event.target)}
      />
      <p className="mt-1.5 text-[14px] text-muted-foreground tablet:text-[12.5px]" aria-live="polite">
        {photos.isPreparing ? t('attachments.preparing') : <Remark problem={photos.problem} />}
      </p>
    </fieldset>
  );
}

function Remark({ problem }: Pick<Photos, 'problem'>) {
  const { t } = useTranslation();
  if (problem === null) return t('attachments.private');
  return <span className="text-blocked-text">{t(`attachments.problem.${problem}`)}</span>;
}

function Preview({ bytes, label }: { readonly bytes: Uint8Array<ArrayBuffer>; readonly label: string }) {
  const url = useObjectUrl(bytes);
  return (
    <img
      src={url ?? undefined}
      alt={label}
      className="aspect-square w-full rounded-control border border-border object-cover"
    />
  );
}
