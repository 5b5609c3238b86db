import { Outlet, useMatches } from '@tanstack/react-router';
import { useSettleCounts } from '#features/conflicts/use-conflicts.ts';
import { NotFoundToast } from '#features/lookup/not-found-toast.tsx';
import { useLookUp } from '#features/lookup/use-look-up.ts';
import { FirstSyncScreen } from '#features/session/first-sync-screen.tsx';
import { StockComing } from '#features/session/stock-coming.tsx';
import { Shell } from '#features/shell/shell.tsx';
import { useIsStockHere, useSyncState } from '#platform/live/replica-context.tsx';
import { useScreenNow } from './use-screen-now.ts';

/** A new device shows first how far it is, then the plans while the stock comes down, then never again either. */
export function RootPage() {
  const { hasPlans } = useSyncState().download;
  return hasPlans ? <AppPage /> : <FirstSyncScreen />;
}

function AppPage() {
  const counts = useSettleCounts();
  const isStockHere = useIsStockHere();
  const isWholePhone = useTraitOfScreen('isWholePhone');
  const isOfPlans = useTraitOfScreen('isOfPlans');
  return (
    <Shell settleCount={counts.wrong_event + counts.unknown + counts.blocked} isWholePhone={isWholePhone}>
      {!isStockHere && <StockComing />}
      {(isStockHere || isOfPlans) && <Outlet />}
      {isStockHere && <LookUp />}
    </Shell>
  );
}

function useTraitOfScreen(trait: 'isWholePhone' | 'isOfPlans'): boolean {
  return useMatches({ select: (matches) => matches.some((match) => match.staticData[trait] === true) });
}

/** Where nothing else scans. Before the stock is here, no code could be told to be unknown. */
function LookUp() {
  const { notFound, dismiss } = useLookUp(useScreenNow());
  return <NotFoundToast notFound={notFound} onClose={dismiss} />;
}
