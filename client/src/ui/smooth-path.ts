/** Where a pointer was, in units of the area that is drawn on. */
export type Point = { readonly x: number; readonly y: number };
/** From pen down to pen up. */
export type Stroke = readonly Point[];

const DOT_LENGTH = 0.1;

/**
 * The strokes as SVG path data: curves through the middles between the points, so that no corner shows where the
 * screen was read. A tap is a dot: a line too short to see, which a round cap makes one; canvases leave out lines of no length.
 */
export function smoothPath(strokes: readonly Stroke[]): string {
  return strokes.map(pathOf).join('');
}

function pathOf(stroke: Stroke): string {
  const [first] = stroke;
  const last = stroke.at(-1);
  if (first === undefined || last === undefined) return '';
  const curves = stroke.slice(1, -1).map((point, index) => {
    const next = stroke[index + 2] ?? last;
    return `Q${at(point)} ${at({ x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 })}`;
  });
  const end = stroke.length === 1 ? { x: last.x + DOT_LENGTH, y: last.y } : last;
  return `M${at(first)}${curves.join('')}L${at(end)}`;
}

function at({ x, y }: Point): string {
  return `${round(x)} ${round(y)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
