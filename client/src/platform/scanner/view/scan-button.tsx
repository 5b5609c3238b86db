import { ScanLine } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '#ui/class-names.ts';

/** A shorter press is a tap: it leaves the camera on until the next tap. */
const TAP_MS = 350;

/** Hold it and the camera reads; let go and it rests. A tap, Enter or Space keeps it on until the next one. */
export function ScanButton({
  isOn,
  onChange,
}: {
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}) {
  const { t } = useTranslation();
  const pressed = useRef<{ readonly atMs: number; readonly wasOn: boolean } | null>(null);

  const release = (atMs: number) => {
    const press = pressed.current;
    pressed.current = null;
    if (!press) return;
    const isTap = atMs - press.atMs < TAP_MS;
    if (!isTap || press.wasOn) onChange(false);
  };

  return (
    <button
      type="button"
      aria-pressed={isOn}
      className={classNames(
        'flex min-h-18 flex-1 touch-none flex-col items-center justify-center gap-0.5 rounded-panel px-2 text-center leading-tight font-semibold select-none',
        isOn ? 'border-2 border-primary text-primary-text' : 'bg-primary text-primary-foreground',
      )}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        pressed.current = { atMs: event.timeStamp, wasOn: isOn };
        onChange(true);
      }}
      onPointerUp={(event) => release(event.timeStamp)}
      onPointerCancel={(event) => release(event.timeStamp)}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if ((event.key !== 'Enter' && event.key !== ' ') || event.repeat) return;
        event.preventDefault();
        onChange(!isOn);
      }}
    >
      <ScanLine className="icon-lg" />
      <span className="narrower text-[18px]">{t(isOn ? 'scanning.scanStop' : 'scanning.scanHold')}</span>
      <span className="narrower text-[13px] font-medium opacity-85">{t('scanning.scanHint')}</span>
    </button>
  );
}
