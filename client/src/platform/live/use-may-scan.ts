import { useSession } from './replica-context.tsx';

/** Whether scanning, and all that is done by it, is to be offered to the person. */
export function useMayScan(): boolean {
  return useSession().permissions.includes('scanning:write');
}
