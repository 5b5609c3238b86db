import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { SectionHeading } from '#ui/section-heading.tsx';
import type { NotAboard } from './truck-view.ts';

/** What the event wants and no vehicle carries, and how much of it stands ready. */
export function NotAboardList({ missing }: { readonly missing: readonly NotAboard[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (missing.length === 0) return null;
  return (
    <section>
      <SectionHeading>{t('trucks.missingTitle')}</SectionHeading>
      <ul className="mx-4">
        {missing.map((line) => (
          <li
            key={line.productId}
            className="grid min-h-13 grid-cols-[30px_1fr] items-center gap-2 border-b border-rule py-1.5"
          >
            <span className="narrower text-[20px] font-semibold">{format.count(line.count)}</span>
            <span className="min-w-0">
              <span className="line-clamp-2 text-[15px] leading-tight">{line.productName}</span>
              <span className="block text-[14px] text-muted-foreground">
                {line.standingCount > 0
                  ? t('trucks.standing', {
                      count: line.standingCount,
                      shown: format.count(line.standingCount),
                    })
                  : t('trucks.notScanned')}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
