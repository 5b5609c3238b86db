import type { ProductId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { Search } from 'lucide-react';
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import { Button } from '#ui/button.tsx';
import { Sheet } from '#ui/sheet.tsx';
import { TextField } from '#ui/text-field.tsx';
import { type CycleProduct, matching, matchingCategories, PRODUCTS_TO_CYCLE } from './cycle-products.ts';

/** More than a person scrolls through; typing narrows it down. */
const SHOWN = 60;

/** Which products are counted wherever they lie: whole categories or single ones, the longest uncounted first. */
export function ProductsSheet({
  isOpen,
  chosen,
  onChoose,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly chosen: ReadonlySet<ProductId>;
  readonly onChoose: (chosen: ReadonlySet<ProductId>) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Sheet
      title={t('stocktake.chooseProducts')}
      isOpen={isOpen}
      onClose={onClose}
      closeLabel={t('common.close')}
    >
      <Products chosen={chosen} onChoose={onChoose} onClose={onClose} />
    </Sheet>
  );
}

function Products({
  chosen,
  onChoose,
  onClose,
}: {
  readonly chosen: ReadonlySet<ProductId>;
  readonly onChoose: (chosen: ReadonlySet<ProductId>) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { rows, status } = useLiveQuery<CycleProduct>(PRODUCTS_TO_CYCLE);
  const [text, setText] = useState('');
  const wanted = useDeferredValue(text);
  const found = matching(rows, wanted);
  const categories = matchingCategories(rows, wanted);
  const toggle = (products: readonly CycleProduct[], isChosen: boolean) => {
    const next = new Set(chosen);
    for (const { id } of products) {
      if (isChosen) next.add(id);
      else next.delete(id);
    }
    onChoose(next);
  };
  return (
    <>
      <TextField
        label={t('common.search')}
        icon={<Search className="icon" aria-hidden="true" />}
        type="search"
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {status === 'ready' && found.length === 0 && (
        <p className="mt-4 text-muted-foreground">{t('stocktake.noProduct')}</p>
      )}
      {found.length > 0 && (
        <>
          {categories.length > 0 && (
            <h3 className="mt-4 text-[13px] text-muted-foreground">{t('stocktake.categories')}</h3>
          )}
          <ul>
            {categories.map(({ name, products, countedAt }) => (
              <CheckRow
                key={name}
                name={name}
                countedAt={countedAt}
                note={t('stocktake.products', {
                  count: products.length,
                  shown: format.count(products.length),
                })}
                chosenCount={products.filter(({ id }) => chosen.has(id)).length}
                count={products.length}
                onCheck={(isChosen) => toggle(products, isChosen)}
              />
            ))}
          </ul>
          <h3 className="mt-4 text-[13px] text-muted-foreground">{t('stocktake.longest')}</h3>
          <ul>
            {found.slice(0, SHOWN).map((product) => (
              <CheckRow
                key={product.id}
                name={product.name}
                note={product.category}
                countedAt={product.countedAt}
                chosenCount={chosen.has(product.id) ? 1 : 0}
                count={1}
                onCheck={(isChosen) => toggle([product], isChosen)}
              />
            ))}
          </ul>
        </>
      )}
      <div className="sticky -bottom-4 -mx-4 -mb-4 border-t border-border bg-popover p-4">
        <Button kind="primary" size="touch" className="w-full" disabled={chosen.size === 0} onClick={onClose}>
          {t('stocktake.countProducts', { count: chosen.size, shown: format.count(chosen.size) })}
        </Button>
      </div>
    </>
  );
}

/** Some of a category is neither yes nor no; a touch takes all of it. */
function CheckRow({
  name,
  note,
  countedAt,
  chosenCount,
  count,
  onCheck,
}: {
  readonly name: string;
  readonly note: string;
  readonly countedAt: Instant | null;
  readonly chosenCount: number;
  readonly count: number;
  readonly onCheck: (isChosen: boolean) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const box = useRef<HTMLInputElement>(null);
  const isSome = chosenCount > 0 && chosenCount < count;
  useEffect(() => {
    if (box.current) box.current.indeterminate = isSome;
  }, [isSome]);
  const counted =
    countedAt === null
      ? t('stocktake.neverCounted')
      : t('stocktake.countedLast', { when: format.distance(countedAt, nowForDisplay()) });
  return (
    <li className="border-b border-rule last:border-b-0">
      <label className="flex min-h-14 items-center gap-3 py-1.5 hover:bg-hover tablet:min-h-10">
        <input
          ref={box}
          type="checkbox"
          className="size-6 flex-none accent-primary"
          checked={chosenCount === count}
          onChange={(event) => onCheck(event.target.checked)}
        />
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{name}</span>
          <span className="block truncate text-[14px] text-muted-foreground">
            {[note, counted].filter(Boolean).join(' · ')}
          </span>
        </span>
      </label>
    </li>
  );
}
