import './plate-flash.css';
import type { ReactNode } from 'react';
import { classNames } from '#ui/class-names.ts';
import { OutcomeGlyph } from '#ui/outcome-glyph.tsx';
import { outcomeColours, type ScanOutcome } from '#ui/scan-outcome.ts';
import { cutoutOf } from './cutout-of.ts';

/**
 * What the last scan came to, for outcomes that let work go on: a face with shape and word, beside it the code and
 * what it is. It grows out of the lamp strip that must follow it.
 */
export function OutcomePlate({
  outcome,
  word,
  code,
  title,
  note,
  action,
  flashCount,
}: {
  readonly outcome: ScanOutcome;
  readonly word: string;
  readonly code: string;
  readonly title: ReactNode;
  readonly note: ReactNode;
  readonly action?: ReactNode;
  /** A new number makes the plate flash twice: the scan was neither heard nor felt. */
  readonly flashCount: number;
}) {
  const colours = outcomeColours[outcome];
  return (
    <section
      key={flashCount}
      data-outcome={outcome}
      className={classNames(
        'mx-2 flex min-h-24 overflow-hidden rounded-t-panel border-2 border-b-0',
        flashCount > 0 && 'motion-safe:animate-[plate-flash_360ms_steps(1)_1]',
        colours.edge,
        colours.tint,
      )}
    >
      <div
        className={classNames(
          'flex w-[92px] flex-none flex-col items-center justify-center gap-1.5 px-1 text-center text-[15px] leading-tight font-bold',
          colours.solid,
        )}
      >
        <OutcomeGlyph outcome={outcome} inherit cutout={cutoutOf(outcome)} className="size-[46px]" />
        <span className="inline-block first-letter:uppercase">{word}</span>
      </div>
      <div className="flex min-w-0 flex-1 items-center gap-2 py-2.5 pe-2 ps-3">
        <div className="min-w-0 flex-1">
          <p className="truncate font-mono text-[27px] leading-[1.05] font-semibold tracking-[-0.03em]">
            {code}
          </p>
          <p className="mt-0.5 truncate text-[16px] font-medium">{title}</p>
          <p className="mt-0.5 line-clamp-2 text-[14px] leading-tight text-muted-foreground">{note}</p>
        </div>
        {action}
      </div>
    </section>
  );
}
