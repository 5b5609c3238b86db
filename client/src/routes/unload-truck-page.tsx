import { getRouteApi } from '@tanstack/react-router';
import { UnloadTruckScreen } from '#features/trucks/unload-truck-screen.tsx';
import { useGoBack } from './use-go-back.ts';

const route = getRouteApi('/trucks/$vehicleId/unload');
const trucks = { to: '/trucks' } as const;

export function UnloadTruckPage() {
  const { vehicleId } = route.useParams();
  return <UnloadTruckScreen key={vehicleId} vehicleId={vehicleId} onBack={useGoBack(trucks)} />;
}
