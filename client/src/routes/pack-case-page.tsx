import { getRouteApi } from '@tanstack/react-router';
import { PackCaseScreen } from '#features/packing/pack-case-screen.tsx';
import { useGoBack } from './use-go-back.ts';

const route = getRouteApi('/pack/$caseId');
const scanJobs = { to: '/scan' } as const;

export function PackCasePage() {
  const { caseId } = route.useParams();
  return <PackCaseScreen key={caseId} caseId={caseId} onBack={useGoBack(scanJobs)} />;
}
