import { CameraOff, Flashlight, FlashlightOff, ScanLine } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type Camera,
  type CameraState,
  cameraOfThisDevice,
  openCamera,
} from '#platform/scanner/open-camera.ts';
import { Button } from '#ui/button.tsx';
import { IconButton } from '#ui/icon-button.tsx';
import { Notice } from '#ui/notice.tsx';

/** The camera's picture while it reads codes; what is wrong in words where it cannot. */
export function CameraPanel({
  onCode,
  onTickByHand,
  onFail,
  onClose,
}: {
  readonly onCode: (code: string) => void;
  /** The way out when no label can be read. */
  readonly onTickByHand: () => void;
  /** There is no picture and will be none until the camera is started anew. */
  readonly onFail: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const video = useRef<HTMLVideoElement>(null);
  const camera = useRef<Camera | null>(null);
  const latestOnCode = useRef(onCode);
  latestOnCode.current = onCode;
  const latestOnFail = useRef(onFail);
  latestOnFail.current = onFail;
  const [state, setState] = useState<CameraState>({ kind: 'starting' });
  const [isLit, setLit] = useState(false);

  useEffect(() => {
    if (video.current === null) return;
    const opened = openCamera(cameraOfThisDevice(), video.current, {
      onCode: (code) => latestOnCode.current(code),
      onState: (next) => {
        setState(next);
        if (next.kind === 'failed') latestOnFail.current();
      },
    });
    camera.current = opened;
    return () => opened.close();
  }, []);

  const setTorch = (isOn: boolean) => {
    const lighting = camera.current?.setTorch(isOn);
    // A torch that refuses leaves the picture as it was; the button simply stays off.
    lighting?.then(
      () => setLit(isOn),
      () => setLit(false),
    );
  };

  if (state.kind === 'failed') {
    return (
      <div className="mx-2 my-1">
        <Notice
          tone="plain"
          icon={<CameraOff className="icon-lg" />}
          title={t(`scanning.camera.${state.problem}.title`)}
          actions={
            <>
              <Button onClick={onTickByHand}>{t('scanning.tickByHand')}</Button>
              <Button kind="quiet" onClick={onClose}>
                {t('common.close')}
              </Button>
            </>
          }
        >
          {t(`scanning.camera.${state.problem}.text`)}
        </Notice>
      </div>
    );
  }
  return (
    <div className="relative mx-2 my-1 h-[30dvh] max-h-72 min-h-40 flex-none overflow-hidden rounded-panel border border-border bg-black">
      <video ref={video} muted playsInline className="size-full object-cover" />
      <div
        aria-hidden="true"
        className="absolute inset-x-8 top-1/2 flex -translate-y-1/2 justify-center text-white/70"
      >
        <ScanLine className="size-16" strokeWidth={1} />
      </div>
      {state.kind === 'watching' && state.hasTorch && (
        <IconButton
          label={t(isLit ? 'scanning.torchOff' : 'scanning.torchOn')}
          onClick={() => setTorch(!isLit)}
          className="absolute top-2 inset-e-2 bg-black/60 text-white"
        >
          {isLit ? <FlashlightOff className="icon-lg" /> : <Flashlight className="icon-lg" />}
        </IconButton>
      )}
      <div role="status" className="absolute inset-x-0 bottom-0 bg-black/70 text-[14px] text-white">
        {state.kind === 'starting' && <p className="px-3 py-2">{t('scanning.camera.starting')}</p>}
        {state.kind === 'watching' && state.isUnreadable && (
          <button
            type="button"
            onClick={onTickByHand}
            className="min-h-12 w-full px-3 py-2 text-start font-medium underline"
          >
            {t('scanning.camera.unreadable')}
          </button>
        )}
      </div>
    </div>
  );
}
