import { useMemo } from 'react';
import { qrPathOf } from '#platform/labels/qr-path.ts';
import type { LabelFormat } from './label-formats.ts';
import type { LabelToPrint } from './labels-to-print.ts';

/** One label as it comes out of the printer, in millimetres: black on white in every theme. */
export function PrintedLabel({
  label,
  format,
  company,
}: {
  readonly label: LabelToPrint;
  readonly format: LabelFormat;
  readonly company: string;
}) {
  const { code, title } = label;
  const { size, path } = useMemo(() => qrPathOf(code), [code]);
  return (
    <div
      className="printed-label"
      style={{ width: `${format.widthMillimetres}mm`, height: `${format.heightMillimetres}mm` }}
    >
      <svg
        className="printed-label-code"
        viewBox={`0 0 ${size} ${size}`}
        shapeRendering="crispEdges"
        role="img"
        aria-label={code}
      >
        <path d={path} />
      </svg>
      <div className="printed-label-words">
        <p className="printed-label-text" data-length={lengthOf(code)}>
          {code}
        </p>
        {title !== '' && <p className="printed-label-title">{title}</p>}
        <p className="printed-label-company">{company}</p>
      </div>
    </div>
  );
}

/** Longer codes are set smaller, so that a person can read them too. */
function lengthOf(code: string): 'short' | 'long' | 'very_long' {
  if (code.length <= 8) return 'short';
  return code.length <= 13 ? 'long' : 'very_long';
}
