import { FleetScreen } from '#features/trucks/fleet-screen.tsx';
import { useGoBack } from './use-go-back.ts';

const scanJobs = { to: '/scan' } as const;

export function TrucksPage() {
  return <FleetScreen eventId={null} onBack={useGoBack(scanJobs)} />;
}
