import type { ProductId, StocktakeId, StorageLocationId } from '@eventkit/shared/kernel/ids.ts';
import { MOST_THINGS, type StocktakeScope } from '@eventkit/shared/stocktake/stocktake-intents.ts';
import { MapPin, Package } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { useLiveQuery } from '#platform/live/use-live-query.ts';
import { Button } from '#ui/button.tsx';
import { Notice } from '#ui/notice.tsx';
import { PickSheet } from '#ui/pick-sheet.tsx';
import { Segmented } from '#ui/segmented.tsx';
import { Sheet } from '#ui/sheet.tsx';
import { TextField } from '#ui/text-field.tsx';
import { ProductsSheet } from './products-sheet.tsx';
import { COUNT_PLACES, type NamedPlace } from './stocktake-queries.ts';

const NO_PRODUCTS: ReadonlySet<ProductId> = new Set();

/** How a stocktake begins: what it is called, what is counted, and whether those who count see the books. */
export function OpenSheet({
  isOpen,
  onClose,
  onOpened,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onOpened: (id: StocktakeId) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { recordOperation } = usePlatform();
  const places = useLiveQuery<NamedPlace>(COUNT_PLACES).rows;
  const [name, setName] = useState('');
  const [kind, setKind] = useState<StocktakeScope['kind']>('full');
  const [place, setPlace] = useState<NamedPlace | null>(null);
  const [products, setProducts] = useState(NO_PRODUCTS);
  const [isBlind, setBlind] = useState(true);
  const [picking, setPicking] = useState<'place' | 'products' | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const scope = scopeOf(kind, place, products);
  const open = async () => {
    if (scope === null) return;
    const recorded = await recordOperation({ kind: 'open_stocktake', name: name.trim(), scope, isBlind });
    setFailed(!recorded.ok);
    if (recorded.ok) onOpened(recorded.value.operation.id as string as StocktakeId);
  };
  return (
    <>
      <Sheet title={t('stocktake.open')} isOpen={isOpen} onClose={onClose} closeLabel={t('common.close')}>
        <div className="flex flex-col gap-4">
          <TextField
            label={t('stocktake.name')}
            placeholder={t('stocktake.namePlaceholder')}
            value={name}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => setName(event.target.value)}
          />
          <Segmented
            legend={t('stocktake.scope')}
            choices={[
              { value: 'full', label: t('stocktake.scopes.full') },
              { value: 'zone', label: t('stocktake.scopes.zone') },
              { value: 'cycle', label: t('stocktake.scopes.cycle') },
            ]}
            value={kind}
            onChange={setKind}
          />
          {kind === 'zone' && (
            <Button
              kind="outline"
              size="touch"
              icon={<MapPin className="icon-lg" />}
              hint={t('stocktake.withBelow')}
              onClick={() => setPicking('place')}
            >
              {place === null ? t('stocktake.chooseZone') : `${place.code} ${place.name}`}
            </Button>
          )}
          {kind === 'cycle' && (
            <Button
              kind="outline"
              size="touch"
              icon={<Package className="icon-lg" />}
              hint={t('stocktake.whereverTheyLie')}
              onClick={() => setPicking('products')}
            >
              {products.size === 0
                ? t('stocktake.chooseProducts')
                : t('stocktake.products', { count: products.size, shown: format.count(products.size) })}
            </Button>
          )}
          {kind === 'cycle' && products.size > MOST_THINGS && (
            <Notice tone="warn" title={t('stocktake.tooMany', { shown: format.count(MOST_THINGS) })} />
          )}
          <label className="flex min-h-12 items-center gap-3">
            <input
              type="checkbox"
              className="size-6 accent-primary"
              checked={isBlind}
              onChange={(event) => setBlind(event.target.checked)}
            />
            <span>
              <span className="block font-medium">{t('stocktake.blind')}</span>
              <span className="block text-[14px] text-muted-foreground">{t('stocktake.blindHint')}</span>
            </span>
          </label>
          {hasFailed && <Notice tone="alarm" title={t('stocktake.notRecorded')} />}
          <Button
            kind="primary"
            size="main"
            disabled={name.trim() === '' || scope === null}
            onClick={() => void open()}
          >
            {t('stocktake.start')}
          </Button>
        </div>
      </Sheet>
      <PickSheet
        title={t('stocktake.chooseZone')}
        findLabel={t('common.search')}
        closeLabel={t('common.close')}
        isOpen={picking === 'place'}
        items={places.map((one) => ({ id: one.id, name: one.code, hint: one.name }))}
        pickedId={place?.id ?? null}
        onPick={({ id }) => setPlace(places.find((one) => one.id === id) ?? null)}
        onClose={() => setPicking(null)}
      />
      <ProductsSheet
        isOpen={picking === 'products'}
        chosen={products}
        onChoose={setProducts}
        onClose={() => setPicking(null)}
      />
    </>
  );
}

/** Null until it is said what is counted, and where that is more than one operation may name. */
function scopeOf(
  kind: StocktakeScope['kind'],
  place: NamedPlace | null,
  products: ReadonlySet<ProductId>,
): StocktakeScope | null {
  if (kind === 'full') return { kind };
  if (kind === 'zone') return place && { kind, locationIds: [place.id as StorageLocationId] };
  const isFitting = products.size > 0 && products.size <= MOST_THINGS;
  return isFitting ? { kind, locationIds: [], productIds: [...products] } : null;
}
