import { type PointerEvent, useRef, useState } from 'react';
import { type Point, type Stroke, smoothPath } from './smooth-path.ts';

/** The area that strokes are measured in, whatever size it has on the screen: at 320 px it is still 170 px high. */
export const PAD_WIDTH = 600;
export const PAD_HEIGHT = 360;
export const PEN_WIDTH = 6;

/**
 * Paper to sign on with a finger, a glove, a pen or a mouse; a second finger or a resting palm draws nothing. Ink on
 * white in every theme, as it is kept. Whoever cannot draw needs another way beside it.
 */
export function SignaturePad({
  strokes,
  label,
  hint,
  onChange,
}: {
  readonly strokes: readonly Stroke[];
  readonly label: string;
  /** Shown on the paper until something is drawn. */
  readonly hint: string;
  readonly onChange: (strokes: readonly Stroke[]) => void;
}) {
  const [drawn, setDrawn] = useState<Stroke>([]);
  const pen = useRef<{ readonly pointerId: number; stroke: Stroke } | null>(null);

  const draw = (points: readonly Point[]) => {
    if (pen.current === null) return;
    pen.current.stroke = [...pen.current.stroke, ...points];
    setDrawn(pen.current.stroke);
  };
  const down = (event: PointerEvent<SVGSVGElement>) => {
    if (pen.current !== null || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    pen.current = { pointerId: event.pointerId, stroke: [] };
    draw([pointOf(event.currentTarget, event)]);
  };
  const move = (event: PointerEvent<SVGSVGElement>) => {
    if (pen.current?.pointerId !== event.pointerId) return;
    // A quick hand passes several points between two frames.
    const passed = event.nativeEvent.getCoalescedEvents?.() ?? [];
    const events = passed.length > 0 ? passed : [event];
    draw(events.map((one) => pointOf(event.currentTarget, one)));
  };
  const up = (event: PointerEvent<SVGSVGElement>) => {
    if (pen.current?.pointerId !== event.pointerId) return;
    onChange([...strokes, pen.current.stroke]);
    pen.current = null;
    setDrawn([]);
  };
  const isBlank = strokes.length === 0 && drawn.length === 0;
  return (
    <div className="relative overflow-hidden rounded-control border border-input bg-paper text-ink">
      <svg
        role="img"
        aria-label={label}
        viewBox={`0 0 ${PAD_WIDTH} ${PAD_HEIGHT}`}
        className="block w-full cursor-crosshair touch-none select-none"
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={up}
      >
        <path d="M40 280H560" stroke="currentColor" strokeWidth={2} opacity={0.35} />
        <path
          d={smoothPath([...strokes, drawn])}
          fill="none"
          stroke="currentColor"
          strokeWidth={PEN_WIDTH}
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      {isBlank && (
        <p className="pointer-events-none absolute inset-x-0 bottom-3 text-center text-[14px] opacity-65">
          {hint}
        </p>
      )}
    </div>
  );
}

function pointOf(pad: SVGSVGElement, { clientX, clientY }: { clientX: number; clientY: number }): Point {
  const { left, top, width, height } = pad.getBoundingClientRect();
  return { x: ((clientX - left) / width) * PAD_WIDTH, y: ((clientY - top) / height) * PAD_HEIGHT };
}
