import './plate-flash.css';
import type { ReactNode } from 'react';
import { classNames } from '#ui/class-names.ts';
import { OutcomeGlyph } from '#ui/outcome-glyph.tsx';
import { outcomeColours, type ScanOutcome } from '#ui/scan-outcome.ts';
import { cutoutOf } from './cutout-of.ts';

export type ResultFact = { readonly label: string; readonly value: ReactNode; readonly more?: ReactNode };

/**
 * What needs a person: wrong event and unknown take half the screen, blocked all of it inside a hazard frame.
 * Facts in a fixed order; what can be done stands below, by the thumb.
 */
export function ResultPanel({
  outcome,
  word,
  hint,
  code,
  title,
  facts,
  note,
  flashCount,
}: {
  readonly outcome: ScanOutcome;
  readonly word: string;
  readonly hint: string;
  readonly code: string;
  readonly title: string | null;
  readonly facts: readonly ResultFact[];
  readonly note: ReactNode;
  readonly flashCount: number;
}) {
  const colours = outcomeColours[outcome];
  const isBlocked = outcome === 'blocked';
  return (
    <section
      key={flashCount}
      role={isBlocked ? 'alertdialog' : 'region'}
      aria-label={word}
      data-outcome={outcome}
      className={classNames(
        'mx-2 mt-1 flex min-h-0 flex-1 flex-col overflow-hidden rounded-t-panel',
        flashCount > 0 && 'motion-safe:animate-[plate-flash_360ms_steps(1)_1]',
        isBlocked
          ? 'hazard px-2 pt-2'
          : classNames('border-4 border-b-0 tablet:min-h-[40dvh] tablet:flex-none', colours.edge),
      )}
    >
      <div className={classNames('flex min-h-0 flex-1 flex-col', colours.tint)}>
        <div className={classNames('flex flex-none items-center gap-3.5 px-3.5 py-3', colours.solid)}>
          <OutcomeGlyph outcome={outcome} inherit cutout={cutoutOf(outcome)} className="size-14 flex-none" />
          <div className="min-w-0">
            <h2 className="narrower text-[30px] leading-none font-bold tracking-[-0.01em]">{word}</h2>
            <p className="mt-1.5 text-[16px] leading-tight font-semibold">{hint}</p>
          </div>
        </div>
        <div className="min-h-0 flex-1 overflow-y-auto">
          <div className="px-3.5 pt-3 pb-2.5">
            <p className="font-mono text-[28px] leading-none font-semibold tracking-[-0.03em] [overflow-wrap:anywhere]">
              {code}
            </p>
            {title !== null && title !== '' && <p className="mt-1.5 text-[17px] font-medium">{title}</p>}
          </div>
          <dl className="grid grid-cols-[minmax(84px,auto)_1fr] gap-x-3 gap-y-3 border-t border-foreground/15 px-3.5 py-3">
            {facts.map((fact) => (
              <div key={fact.label} className="contents">
                <dt className="pt-0.5 text-[15px] text-muted-foreground">{fact.label}</dt>
                <dd className="min-w-0 text-[17px] leading-snug font-medium">
                  {fact.value}
                  {fact.more !== undefined && (
                    <span className="mt-0.5 block text-[14px] font-normal text-muted-foreground">
                      {fact.more}
                    </span>
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </div>
        <p className="flex-none border-t border-foreground/15 px-3.5 py-2 text-[14px] leading-snug text-muted-foreground">
          {note}
        </p>
      </div>
    </section>
  );
}
