import { CheckInScreen } from '#features/checkin/check-in-screen.tsx';
import { useGoBack } from './use-go-back.ts';

const scanJobs = { to: '/scan' } as const;

export function CheckInPage() {
  return <CheckInScreen onBack={useGoBack(scanJobs)} />;
}
