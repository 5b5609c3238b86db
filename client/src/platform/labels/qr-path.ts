import { encode } from 'uqr';

/** A QR code as one SVG path; a module is a unit, and the quiet zone around it is part of it. */
export type QrPath = { readonly size: number; readonly path: string };

/** Scanners want four modules of white around a code; the paper of the label gives the rest. */
const QUIET_MODULES = 2;

/**
 * The code as it is drawn. A quarter of it may be scratched off (level Q), more where that makes it no larger.
 */
export function qrPathOf(text: string): QrPath {
  const { data, size } = encode(text, { ecc: 'Q', boostEcc: true, border: QUIET_MODULES });
  const runs = data.flatMap((row, y) => runsOf(row).map(([x, width]) => `M${x} ${y}h${width}v1h-${width}z`));
  return { size, path: runs.join('') };
}

/** Dark modules side by side as [start, length]: one shape has no hairlines between its modules on paper. */
function runsOf(row: readonly boolean[]): (readonly [number, number])[] {
  const runs: (readonly [number, number])[] = [];
  let start = 0;
  row.forEach((isDark, x) => {
    if (!isDark) return;
    if (x === 0 || row[x - 1] !== true) start = x;
    if (row[x + 1] !== true) runs.push([start, x - start + 1]);
  });
  return runs;
}
