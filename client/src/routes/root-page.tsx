import { lazyRouteComponent, Outlet, useLocation, useMatches } from '@tanstack/react-router';
import { Suspense, useCallback, useState } from 'react';
import { useSettleCounts } from '#features/conflicts/use-conflicts.ts';
import { NotFoundToast } from '#features/lookup/not-found-toast.tsx';
import { useLookUp } from '#features/lookup/use-look-up.ts';
import { Shell } from '#features/shell/shell.tsx';
import { useIsStockHere, usePlatform, useSyncState } from '#platform/live/replica-context.tsx';
import { useObservable } from '#platform/live/use-observable.ts';
import { useScreenNow } from './use-screen-now.ts';

// Of a new device, once: not before everybody's first scan.
const FirstSyncScreen = lazyRouteComponent(
  () => import('#features/session/first-sync-screen.tsx'),
  'FirstSyncScreen',
);
const StockComing = lazyRouteComponent(() => import('#features/session/stock-coming.tsx'), 'StockComing');
const Palette = lazyRouteComponent(() => import('#features/palette/palette.tsx'), 'Palette');
const KeysSheet = lazyRouteComponent(() => import('#features/palette/keys-sheet.tsx'), 'KeysSheet');

/** A new device shows first how far it is, then the plans while the stock comes down, then never again either. */
export function RootPage() {
  const { hasPlans } = useSyncState().download;
  return hasPlans ? (
    <AppPage />
  ) : (
    <Suspense fallback={null}>
      <FirstSyncScreen />
    </Suspense>
  );
}

function AppPage() {
  const counts = useSettleCounts();
  const isStockHere = useIsStockHere();
  const isWholePhone = useTraitOfScreen('isWholePhone');
  const isOfPlans = useTraitOfScreen('isOfPlans');
  const { onTop, show, close } = useOnTop();
  return (
    <Shell
      settleCount={counts.wrong_event + counts.unknown + counts.blocked}
      isWholePhone={isWholePhone}
      onTop={show}
    >
      <LeaseEnding />
      {!isStockHere && (
        <Suspense fallback={null}>
          <StockComing />
        </Suspense>
      )}
      {(isStockHere || isOfPlans) && <Outlet />}
      {isStockHere && <LookUp />}
      <Suspense fallback={null}>
        {onTop === 'palette' && <Palette onClose={close} onHelp={() => show('keys')} />}
        {onTop === 'keys' && <KeysSheet onClose={close} />}
      </Suspense>
    </Shell>
  );
}

const LeaseWarning = lazyRouteComponent(() => import('#features/session/lease-warning.tsx'), 'LeaseWarning');

/** Who reaches the server has a new lease in a moment, and need not be told. */
function LeaseEnding() {
  const lease = useObservable(usePlatform().lease);
  const { mode } = useSyncState();
  if (lease.state !== 'ending' || mode === 'all_sent' || mode === 'sending') return null;
  return (
    <Suspense fallback={null}>
      <LeaseWarning endsAt={lease.endsAt} />
    </Suspense>
  );
}

type OnTop = 'palette' | 'keys';

/** What lies on top of a screen, until that screen is left: a scan may open another one. */
function useOnTop() {
  const href = useLocation({ select: (location) => location.href });
  const [shown, setShown] = useState<{ readonly what: OnTop; readonly href: string } | null>(null);
  return {
    onTop: shown?.href === href ? shown.what : null,
    show: useCallback((what: OnTop) => setShown({ what, href }), [href]),
    close: useCallback(() => setShown(null), []),
  };
}

function useTraitOfScreen(trait: 'isWholePhone' | 'isOfPlans'): boolean {
  return useMatches({ select: (matches) => matches.some((match) => match.staticData[trait] === true) });
}

/** Where nothing else scans. Before the stock is here, no code could be told to be unknown. */
function LookUp() {
  const { notFound, dismiss } = useLookUp(useScreenNow());
  return <NotFoundToast notFound={notFound} onClose={dismiss} />;
}
