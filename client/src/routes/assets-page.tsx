import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { AssetListScreen } from '#features/assets/asset-list-screen.tsx';
import { InventoryTabs } from '#features/inventory/inventory-tabs.tsx';
import { keepChosen } from '#platform/labels/chosen-things.ts';
import type { ListSearch } from '#platform/lists/list-address.ts';

const route = getRouteApi('/assets');

export function AssetsPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const onSearch = useCallback(
    (next: ListSearch, { replace }: { readonly replace: boolean }) =>
      void navigate({ to: '/assets', search: next, replace }),
    [navigate],
  );
  return (
    <AssetListScreen
      search={search}
      onSearch={onSearch}
      onOpen={(id) => void navigate({ to: '/assets/$assetId', params: { assetId: id as AssetId } })}
      onLabels={(ids) => {
        if (keepChosen(sessionStorage, ids)) void navigate({ to: '/labels', search: { chosen: true } });
      }}
      tabs={<InventoryTabs />}
    />
  );
}
