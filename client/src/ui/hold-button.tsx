import { type ReactNode, type SyntheticEvent, useCallback, useEffect, useRef, useState } from 'react';
import { type ButtonKind, buttonClass } from './button-class.ts';

/**
 * For what cannot simply be undone: press and hold for `holdMs` (pointer, Space or Enter), never tap twice.
 * The fill shows how long is left; letting go early does nothing.
 */
export function HoldButton({
  holdMs = 800,
  onHeld,
  kind = 'outline',
  icon,
  hint,
  isDisabled = false,
  className,
  children,
}: {
  readonly holdMs?: number;
  readonly onHeld: () => void;
  readonly kind?: ButtonKind;
  readonly icon?: ReactNode;
  readonly hint?: ReactNode;
  readonly isDisabled?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  const [isHolding, setHolding] = useState(false);
  const pressed = useRef<{
    readonly atMs: number;
    readonly timer: ReturnType<typeof setTimeout>;
  } | null>(null);

  const letGo = useCallback(() => {
    if (pressed.current !== null) clearTimeout(pressed.current.timer);
    pressed.current = null;
    setHolding(false);
  }, []);
  useEffect(() => letGo, [letGo]);

  const press = ({ timeStamp }: SyntheticEvent) => {
    if (isDisabled || pressed.current !== null) return;
    setHolding(true);
    const timer = setTimeout(() => {
      letGo();
      onHeld();
    }, holdMs);
    pressed.current = { atMs: timeStamp, timer };
  };
  /** A busy page hears of the letting go before its own timer: what counts is how long it was held. */
  const release = ({ timeStamp }: SyntheticEvent) => {
    const isHeld = pressed.current !== null && timeStamp - pressed.current.atMs >= holdMs;
    letGo();
    if (isHeld) onHeld();
  };

  return (
    <button
      type="button"
      disabled={isDisabled}
      className={buttonClass(kind, 'touch', `relative overflow-hidden touch-none ${className ?? ''}`)}
      onPointerDown={press}
      onPointerUp={release}
      onPointerLeave={letGo}
      onPointerCancel={letGo}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if ((event.key === ' ' || event.key === 'Enter') && !event.repeat) press(event);
      }}
      onKeyUp={release}
      onBlur={letGo}
    >
      <span
        aria-hidden="true"
        className="absolute inset-0 origin-left bg-foreground/25 ease-linear motion-reduce:ease-[steps(4)]"
        style={{
          transform: isHolding ? 'scaleX(1)' : 'scaleX(0)',
          transitionProperty: 'transform',
          transitionDuration: isHolding ? `${holdMs}ms` : '0ms',
        }}
      />
      {icon}
      <span className="relative flex flex-col">
        <span>{children}</span>
        {hint !== undefined && <span className="text-[13px] font-normal opacity-90">{hint}</span>}
      </span>
    </button>
  );
}
