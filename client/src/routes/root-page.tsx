import { Outlet, useMatches } from '@tanstack/react-router';
import { useSettleCounts } from '#features/conflicts/use-conflicts.ts';
import { FirstSyncGate } from '#features/session/first-sync-gate.tsx';
import { Shell } from '#features/shell/shell.tsx';

export function RootPage() {
  const counts = useSettleCounts();
  const isWholePhone = useMatches({
    select: (matches) => matches.some((match) => match.staticData.isWholePhone === true),
  });
  return (
    <FirstSyncGate>
      <Shell settleCount={counts.wrong_event + counts.unknown + counts.blocked} isWholePhone={isWholePhone}>
        <Outlet />
      </Shell>
    </FirstSyncGate>
  );
}
