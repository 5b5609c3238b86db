import { Package } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { Code } from '#ui/code.tsx';
import { SectionHeading } from '#ui/section-heading.tsx';
import { weightText } from './say-truck.ts';
import type { Aboard } from './truck-view.ts';

/** What stands on the vehicle, the last loaded first: the order in which it comes out again. */
export function AboardList({
  things,
  title,
  emptyText,
  actionOf,
}: {
  readonly things: readonly Aboard[];
  readonly title: string;
  readonly emptyText: string;
  /** What can be done with a thing by hand. */
  readonly actionOf?: (thing: Aboard) => ReactNode;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section>
      <SectionHeading note={t('trucks.lastFirst')}>{title}</SectionHeading>
      {things.length === 0 && <p className="px-4 py-3 text-muted-foreground">{emptyText}</p>}
      <ul className="mx-4">
        {things.map((thing) => (
          <li
            key={thing.id}
            className="flex min-h-13 items-center gap-3 border-b border-rule py-1 last:border-b-0"
          >
            <Code className="w-20 flex-none truncate">{thing.code}</Code>
            <span className="min-w-0 flex-1">
              <span className="flex items-center gap-1.5 text-[15px]">
                {thing.isCase && <Package className="icon text-muted-foreground" aria-hidden="true" />}
                <span className="truncate">{thing.productName}</span>
              </span>
              {thing.contentCount > 0 && (
                <span className="block text-[13px] text-muted-foreground">
                  {t('trucks.withContents', {
                    count: thing.contentCount,
                    shown: format.count(thing.contentCount),
                  })}
                </span>
              )}
            </span>
            <span className="text-[14px] whitespace-nowrap text-muted-foreground">
              {thing.weightGrams > 0 && weightText({ t, format }, thing.weightGrams)}
            </span>
            {actionOf?.(thing)}
          </li>
        ))}
      </ul>
    </section>
  );
}
