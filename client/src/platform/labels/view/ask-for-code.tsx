import { Camera, ScanLine } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCodeDesk } from '#platform/scanner/code-desk-context.tsx';
import { useCameraSwitch } from '#platform/scanner/use-camera-switch.ts';
import { CameraPanel } from '#platform/scanner/view/camera-panel.tsx';
import { Button } from '#ui/button.tsx';

/** Asks for the code of one thing, in a sheet: the scanner works at once, the camera by a touch. */
export function AskForCode({
  hint,
  onCode,
}: {
  readonly hint: string;
  readonly onCode: (code: string) => void;
}) {
  const { t } = useTranslation();
  const desk = useCodeDesk();
  const camera = useCameraSwitch();
  const latestOnCode = useRef(onCode);
  latestOnCode.current = onCode;
  useEffect(() => desk.ask(({ text }) => latestOnCode.current(text)), [desk]);
  return camera.isShown ? (
    <CameraPanel
      key={camera.attempt}
      onFail={camera.fail}
      onCode={onCode}
      onTickByHand={camera.close}
      onClose={camera.close}
    />
  ) : (
    <div className="flex items-center gap-3">
      <ScanLine className="icon-lg flex-none text-primary-text" aria-hidden="true" />
      <p className="min-w-0 flex-1 font-medium">{hint}</p>
      <Button icon={<Camera className="icon-lg" />} onClick={() => camera.set(true)}>
        {t('labels.camera')}
      </Button>
    </div>
  );
}
