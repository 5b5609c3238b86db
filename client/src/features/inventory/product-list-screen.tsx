import { Boxes } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import type { ListSearch } from '#platform/lists/list-address.ts';
import type { ListFace } from '#platform/lists/list-face.ts';
import type { ListState } from '#platform/lists/list-state.ts';
import { ListView } from '#platform/lists/view/list-view.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { productSource } from './product-list-source.ts';

const first: ListState = {
  text: '',
  filters: {},
  sort: [{ column: 'name', isDescending: false }],
  group: null,
  columns: ['name', 'manufacturer', 'category', 'tracking', 'pieces', 'weight', 'power'],
  layout: 'rows',
};

/** Every product; opening one leads to its pieces. */
export function ProductListScreen({
  search,
  onSearch,
  onOpen,
  tabs,
}: {
  readonly search: ListSearch;
  readonly onSearch: (search: ListSearch, how: { readonly replace: boolean }) => void;
  readonly onOpen: (id: string) => void;
  readonly tabs: ReactNode;
}) {
  const { t } = useTranslation();
  const face = useProductFace();
  return (
    <ListView
      source={productSource}
      face={face}
      first={first}
      search={search}
      onSearch={onSearch}
      onOpen={onOpen}
      title={t('lists.inventory.title')}
      beside={tabs}
      empty={
        <EmptyState icon={<Boxes />} title={t('lists.inventory.noProductsTitle')}>
          {t('lists.inventory.noProductsText')}
        </EmptyState>
      }
    />
  );
}

const widths: Readonly<Record<string, number>> = {
  name: 240,
  manufacturer: 130,
  category: 120,
  tracking: 130,
};
const trackings = ['serialised', 'bulk', 'consumable'] as const;

function useProductFace(): ListFace {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => {
    const words = new Map<string, string>(
      trackings.map((one) => [one, t(`lists.inventory.tracking.${one}`)]),
    );
    return {
      labelOf: (column) => t(`lists.inventory.column.${column as 'name'}`),
      wordOf: (_, word) => words.get(word) ?? word,
      widthOf: (column) => widths[column] ?? 90,
      nameOf: (row) => String(row['name']),
      drawCell: (column, row) =>
        column === 'name' ? <span className="font-medium">{row['name']}</span> : undefined,
      drawLines: (row) => ({
        title: row['name'] ?? '',
        end: <span className="text-[16px] font-semibold">{format.count(Number(row['pieces']))}</span>,
        below: [row['manufacturer'], row['category']].filter(Boolean).join(' · '),
      }),
    };
  }, [t, format]);
}
