import { type ComponentProps, lazy, Suspense } from 'react';
import type { StandIn } from '#platform/surplus/stand-in.ts';
import type { InsteadSheet as Loaded } from './instead-sheet.tsx';

// Not needed to scan: it comes when it is asked for, from what the device keeps.
const InsteadSheet = lazy(() =>
  import('./instead-sheet.tsx').then((module) => ({ default: module.InsteadSheet })),
);

/** The sheet that asks instead of what a thing goes; closed while `standIn` is null. */
export function InsteadOf({
  standIn,
  ...rest
}: Omit<ComponentProps<typeof Loaded>, 'standIn'> & { readonly standIn: StandIn | null }) {
  if (standIn === null) return null;
  return (
    <Suspense fallback={null}>
      <InsteadSheet standIn={standIn} {...rest} />
    </Suspense>
  );
}
