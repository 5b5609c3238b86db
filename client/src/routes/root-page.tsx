import { Outlet, useMatches } from '@tanstack/react-router';
import { useSettleCounts } from '#features/conflicts/use-conflicts.ts';
import { NotFoundToast } from '#features/lookup/not-found-toast.tsx';
import { useLookUp } from '#features/lookup/use-look-up.ts';
import { FirstSyncGate } from '#features/session/first-sync-gate.tsx';
import { Shell } from '#features/shell/shell.tsx';
import { useScreenNow } from './use-screen-now.ts';

export function RootPage() {
  return (
    <FirstSyncGate>
      <AppPage />
    </FirstSyncGate>
  );
}

/** Below the gate: before the first download is complete, no code could be told to be unknown. */
function AppPage() {
  const counts = useSettleCounts();
  const isWholePhone = useMatches({
    select: (matches) => matches.some((match) => match.staticData.isWholePhone === true),
  });
  const { notFound, dismiss } = useLookUp(useScreenNow());
  return (
    <Shell settleCount={counts.wrong_event + counts.unknown + counts.blocked} isWholePhone={isWholePhone}>
      <Outlet />
      <NotFoundToast notFound={notFound} onClose={dismiss} />
    </Shell>
  );
}
