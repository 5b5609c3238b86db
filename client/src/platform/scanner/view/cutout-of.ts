import type { ScanOutcome } from '#ui/scan-outcome.ts';

/** The colour behind a glyph on its own solid area, so that its mark is cut out. */
export function cutoutOf(outcome: ScanOutcome): string {
  return outcome === 'wrong_event' ? 'var(--wrong)' : `var(--${outcome})`;
}
