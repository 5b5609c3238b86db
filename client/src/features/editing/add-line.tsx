import { checkField } from '@eventkit/shared/edits/check-field.ts';
import { Plus, Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import { TextField } from '#ui/text-field.tsx';
import { containing, type FoundProduct, PRODUCTS_TO_ADD } from './line-queries.ts';

/** How many and of what: Enter takes the first that is found, and the next can be typed at once. */
export function AddLine({ onAdd }: { readonly onAdd: (product: FoundProduct, quantity: number) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [text, setText] = useState('');
  const [count, setCount] = useState('1');
  const [isEntered, setEntered] = useState(false);
  const isSearching = text.trim() !== '';
  const { rows, status } = useLiveQuery<FoundProduct>(PRODUCTS_TO_ADD, [isSearching ? containing(text) : '']);
  const quantity = checkField('pull_list_lines', 'quantity', Number(count || 'none'));
  const add = (product: FoundProduct | undefined) => {
    if (product === undefined || !quantity.ok) return;
    onAdd(product, Number(quantity.value));
    setText('');
    setCount('1');
  };
  // Who presses Enter before the list is there means what it will begin with.
  useEffect(() => {
    if (!isEntered || status === 'loading') return;
    setEntered(false);
    add(rows[0]);
  });
  return (
    <form
      className="px-4 py-3"
      onSubmit={(event) => {
        event.preventDefault();
        setEntered(isSearching);
      }}
    >
      {/* Of two fields Enter in one sends the form only where there is something to send it with. */}
      <button type="submit" hidden={true} />
      <div className="flex items-start gap-2">
        <TextField
          className="w-24 flex-none"
          label={t('editing.field.quantity')}
          inputMode="numeric"
          value={count}
          error={quantity.ok ? null : t(`editing.problem.${quantity.error.problem}`)}
          onChange={(event) => setCount(event.target.value)}
        />
        <TextField
          className="min-w-0 flex-1"
          label={t('editing.addProduct')}
          aria-keyshortcuts="a"
          icon={<Search className="icon" aria-hidden="true" />}
          value={text}
          autoComplete="off"
          onChange={(event) => {
            setText(event.target.value);
            setEntered(false);
          }}
        />
      </div>
      {isSearching && status === 'ready' && rows.length === 0 && (
        <p className="pt-3 text-muted-foreground">{t('editing.noProduct')}</p>
      )}
      {isSearching && rows.length > 0 && (
        <ul className="mt-2 overflow-hidden rounded-panel border border-border">
          {rows.map((product, index) => (
            <li key={product.id} className={index === 0 ? '' : 'border-t border-rule'}>
              <button
                type="button"
                onClick={() => add(product)}
                className="flex min-h-12 w-full items-center gap-2 px-3 py-1.5 text-start hover:bg-hover tablet:min-h-9"
              >
                <Plus className="icon flex-none text-primary-text" aria-hidden="true" />
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium">{product.name}</span>
                  <span className="block truncate text-[13px] text-muted-foreground tablet:text-[12px]">
                    {product.category}
                  </span>
                </span>
                <span className="flex-none text-muted-foreground">
                  {t('editing.pieces', {
                    count: product.pieceCount,
                    shown: format.count(product.pieceCount),
                  })}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </form>
  );
}
