import { getRouteApi } from '@tanstack/react-router';
import { PrintLabelsScreen } from '#features/labels/print-labels-screen.tsx';

const route = getRouteApi('/labels');

export function LabelsPage() {
  const { asset, product, chosen = false } = route.useSearch();
  return (
    <PrintLabelsScreen
      key={asset ?? product ?? String(chosen)}
      assetId={asset ?? null}
      productId={product ?? null}
      isOfChosen={chosen}
    />
  );
}
