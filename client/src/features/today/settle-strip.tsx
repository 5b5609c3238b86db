import { Link } from '@tanstack/react-router';
import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { OutcomeGlyph } from '#ui/outcome-glyph.tsx';

const kinds = ['wrong_event', 'unknown', 'blocked'] as const;

export type SettleCounts = Readonly<Record<(typeof kinds)[number], number>>;

/** What waits for a person, by the marks that scanning uses. */
export function SettleStrip({ counts }: { readonly counts: SettleCounts }) {
  const { t } = useTranslation();
  const format = useFormat();
  const total = kinds.reduce((sum, kind) => sum + counts[kind], 0);
  return (
    <section className="px-4 pt-4">
      <div className="mb-2 flex items-baseline gap-2">
        <h2 className="text-[16px] tablet:text-[13px]">{t('today.settle')}</h2>
        <span className="text-[14px] text-muted-foreground tablet:text-[12px]">{t('today.settleNote')}</span>
      </div>
      {total === 0 ? (
        <p className="flex items-center gap-2 text-muted-foreground">
          <Check className="icon text-ok-text" aria-hidden="true" />
          {t('today.nothingToSettle')}
        </p>
      ) : (
        <Link
          to="/conflicts"
          className="grid grid-cols-[auto_auto_auto] divide-x divide-border rounded-panel border border-border hover:bg-hover"
        >
          {kinds.map((kind) => (
            <span
              key={kind}
              className={`flex min-h-14 items-center gap-2 px-2.5 leading-tight narrow ${counts[kind] === 0 ? 'text-muted-foreground' : ''}`}
            >
              <OutcomeGlyph outcome={kind} className={counts[kind] === 0 ? 'size-6 opacity-50' : 'size-6'} />
              <span className="min-w-0 wrap-break-word">
                {t(`today.settleKind.${kind}`, { count: counts[kind], shown: format.count(counts[kind]) })}
              </span>
            </span>
          ))}
        </Link>
      )}
    </section>
  );
}
