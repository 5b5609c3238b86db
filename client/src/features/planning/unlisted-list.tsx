import type { EventId } from '@eventkit/shared/kernel/ids.ts';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { DELETED_LINES, type DeletedLine } from '#platform/edits/edit-queries.ts';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import { Chip } from '#ui/chip.tsx';
import { Code } from '#ui/code.tsx';
import { SectionHeading } from '#ui/section-heading.tsx';
import type { UnlistedProduct } from './read-pull-list.ts';

/** What went out although no line asks for it. */
export function UnlistedList({
  eventId,
  products,
}: {
  readonly eventId: EventId;
  readonly products: readonly UnlistedProduct[];
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const deleted = useLiveQuery<DeletedLine>(DELETED_LINES, [eventId]).rows;
  if (products.length === 0) return null;
  const isDeleted = (product: UnlistedProduct) =>
    deleted.some(({ productId }) => productId === product.productId);
  return (
    <section>
      <SectionHeading note={t('planning.notOnListNote')}>{t('planning.notOnList')}</SectionHeading>
      <ul>
        {products.map((product) => (
          <li
            key={product.productId}
            className="grid min-h-12 grid-cols-[2rem_1fr] items-center gap-2 border-b border-rule px-4 py-1.5 tablet:min-h-9"
          >
            <span className="text-[16px] font-semibold text-wrong-text tablet:text-[13px]">
              {format.count(product.count)}
            </span>
            <span className="min-w-0">
              <span className="flex flex-wrap items-center gap-x-2">
                <span className="truncate">{product.productName}</span>
                {isDeleted(product) && <Chip tone="warn">{t('planning.toReturn')}</Chip>}
              </span>
              <Code className="block truncate text-[13px] text-muted-foreground tablet:text-[12px]">
                {product.codes.join(' ')}
              </Code>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
