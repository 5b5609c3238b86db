import { lazy, Suspense } from 'react';
import type { Assigned } from './assign-sheet.tsx';

// Not needed to scan: it comes when it is asked for, from what the device keeps.
const AssignSheet = lazy(() =>
  import('./assign-sheet.tsx').then((module) => ({ default: module.AssignSheet })),
);

/** The sheet that gives a code to a thing; closed while `code` is null. */
export function AssignCode({
  code,
  onAssigned,
  onClose,
}: {
  readonly code: string | null;
  readonly onAssigned: (assigned: Assigned) => void;
  readonly onClose: () => void;
}) {
  if (code === null) return null;
  return (
    <Suspense fallback={null}>
      <AssignSheet key={code} code={code} onAssigned={onAssigned} onClose={onClose} />
    </Suspense>
  );
}
