import { getRouteApi } from '@tanstack/react-router';
import { AssetScreen } from '#features/assets/asset-screen.tsx';

const route = getRouteApi('/assets/$assetId');

export function AssetPage() {
  const { assetId } = route.useParams();
  return <AssetScreen key={assetId} assetId={assetId} />;
}
