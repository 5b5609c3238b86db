import { PackCaseScreen } from '#features/packing/pack-case-screen.tsx';
import { useGoBack } from './use-go-back.ts';

const scanJobs = { to: '/scan' } as const;

export function PackPage() {
  return <PackCaseScreen onBack={useGoBack(scanJobs)} />;
}
