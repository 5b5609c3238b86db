import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { Code } from '#ui/code.tsx';
import { SectionHeading } from '#ui/section-heading.tsx';
import type { UnlistedProduct } from './read-pull-list.ts';

/** What went out although no line asks for it. */
export function UnlistedList({ products }: { readonly products: readonly UnlistedProduct[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (products.length === 0) return null;
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
              <span className="block truncate">{product.productName}</span>
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
