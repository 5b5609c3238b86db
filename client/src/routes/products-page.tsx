import type { ProductId } from '@eventkit/shared/kernel/ids.ts';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { InventoryTabs } from '#features/inventory/inventory-tabs.tsx';
import { ProductListScreen } from '#features/inventory/product-list-screen.tsx';
import type { ListSearch } from '#platform/lists/list-address.ts';

const route = getRouteApi('/products');

export function ProductsPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const onSearch = useCallback(
    (next: ListSearch, { replace }: { readonly replace: boolean }) =>
      void navigate({ to: '/products', search: next, replace }),
    [navigate],
  );
  return (
    <ProductListScreen
      search={search}
      onSearch={onSearch}
      onOpen={(id) => void navigate({ to: '/find', search: { product: id as ProductId } })}
      tabs={<InventoryTabs />}
    />
  );
}
