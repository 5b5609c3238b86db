import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { classNames } from '#ui/class-names.ts';
import { OutcomeGlyph } from '#ui/outcome-glyph.tsx';
import { outcomeColours, type ScanOutcome, scanOutcomes } from '#ui/scan-outcome.ts';
import { cutoutOf } from './cutout-of.ts';

/** Five places that never move: each counts this session and opens its list; the lit one grows out of the plate. */
export function LampStrip({
  counts,
  lit,
  onOpen,
}: {
  readonly counts: Readonly<Record<ScanOutcome, number>>;
  readonly lit: ScanOutcome | null;
  readonly onOpen: (outcome: ScanOutcome) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ul
      aria-label={t('scanning.lamps')}
      className={classNames(
        'mx-2 grid flex-none grid-cols-5 overflow-hidden rounded-b-panel border-2 border-border bg-surface',
        lit ? outcomeTop[lit] : 'rounded-t-panel',
      )}
    >
      {scanOutcomes.map((outcome, index) => {
        const isLit = outcome === lit;
        const count = counts[outcome];
        return (
          <li key={outcome} className={classNames(index > 0 && 'border-s border-border')}>
            <button
              type="button"
              onClick={() => onOpen(outcome)}
              className={classNames(
                'flex h-12 w-full -outline-offset-3 items-center justify-center gap-1.5 text-[17px]',
                isLit ? `font-semibold ${outcomeColours[outcome].solid}` : 'hover:bg-hover',
                !isLit && (count === 0 ? 'text-faint-foreground' : 'font-semibold'),
              )}
            >
              <OutcomeGlyph
                outcome={outcome}
                inherit={isLit}
                cutout={isLit ? cutoutOf(outcome) : 'var(--surface)'}
                className={classNames('size-[19px]', !isLit && count === 0 && 'opacity-55')}
              />
              <span className="narrow">{format.count(count)}</span>
              <span className="sr-only">{t(`scanning.outcome.${outcome}`)}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

const outcomeTop: Readonly<Record<ScanOutcome, string>> = {
  ok: 'border-t-ok',
  already: 'border-t-already',
  wrong_event: 'border-t-wrong',
  unknown: 'border-t-unknown',
  blocked: 'border-t-blocked',
};
