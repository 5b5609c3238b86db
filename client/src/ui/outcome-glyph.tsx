import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { outcomeColours, type ScanOutcome } from './scan-outcome.ts';

/**
 * The mark of a scan outcome. The silhouette alone tells the five apart: disc, capsule, diamond, dashed
 * square, octagon. `inherit` takes the surrounding colour (on a solid area) and cuts the mark out in
 * `cutout`, a CSS colour such as `var(--ok)`.
 */
export function OutcomeGlyph({
  outcome,
  className = 'size-[18px]',
  inherit = false,
  cutout = 'var(--background)',
}: {
  readonly outcome: ScanOutcome;
  readonly className?: string;
  readonly inherit?: boolean;
  readonly cutout?: string;
}) {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden="true"
      className={classNames('outcome-glyph', !inherit && outcomeColours[outcome].mark, className)}
      fill="currentColor"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {shapes[outcome](cutout)}
    </svg>
  );
}

const shapes: Readonly<Record<ScanOutcome, (cutout: string) => ReactNode>> = {
  ok: (cutout) => (
    <>
      <circle cx="12" cy="12" r="10.5" />
      <path d="m7.4 12.4 3.1 3.1 6.2-6.7" fill="none" stroke={cutout} strokeWidth="2.4" />
    </>
  ),
  already: (cutout) => (
    <>
      <rect x="0.5" y="5" width="23" height="14" rx="7" />
      <path d="m5.2 12.1 2.3 2.3 4-4.6m1 2.3 2.3 2.3 4-4.6" fill="none" stroke={cutout} strokeWidth="2" />
    </>
  ),
  wrong_event: (cutout) => (
    <>
      <path d="M12 .8 23.2 12 12 23.2.8 12z" />
      <path d="M7.5 9.8h8.2l-2.2-2.3M16.5 14.2H8.3l2.2 2.3" fill="none" stroke={cutout} strokeWidth="2.1" />
    </>
  ),
  unknown: () => (
    <>
      <rect
        x="2.2"
        y="2.2"
        width="19.6"
        height="19.6"
        rx="2.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.2"
        strokeDasharray="4.4 3.1"
      />
      <path
        d="M9.2 9.4a2.9 2.9 0 1 1 4.3 2.6c-1 .5-1.5 1-1.5 2.1"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.4"
      />
      <circle cx="12" cy="17.4" r="1.5" />
    </>
  ),
  blocked: (cutout) => (
    <>
      <path d="M7.4.8h9.2l6.6 6.6v9.2l-6.6 6.6H7.4L.8 16.6V7.4z" />
      <path d="M7 12h10" fill="none" stroke={cutout} strokeWidth="3.4" />
    </>
  ),
};
