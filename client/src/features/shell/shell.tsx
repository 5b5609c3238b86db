import { lazyRouteComponent } from '@tanstack/react-router';
import { type ReactNode, Suspense, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { useObservable } from '#platform/live/use-observable.ts';
import { BottomBar } from './bottom-bar.tsx';
import { SyncBar } from './sync-bar.tsx';
import { UpdateBanner } from './update-banner.tsx';
import { useKeys } from './use-keys.ts';

// Phones have none of it, and their first scan does not wait for it.
const NavRail = lazyRouteComponent(() => import('./nav-rail.tsx'), 'NavRail');

/** For few and seldom: no scan waits for it to load. */
const ViewedRoleBanner = lazyRouteComponent(() => import('./viewed-role-banner.tsx'), 'ViewedRoleBanner');

/**
 * The frame of every screen: sync bar on top (below on desktops), rail or bottom bar, one region that scrolls.
 * `isWholePhone`: the screen brings its own thumb bar, as scanning does. `onTop` is asked for by keys.
 */
export function Shell({
  settleCount,
  isWholePhone,
  onTop,
  children,
}: {
  readonly settleCount: number;
  readonly isWholePhone: boolean;
  readonly onTop: (asked: 'palette' | 'keys') => void;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  const onPalette = useCallback(() => onTop('palette'), [onTop]);
  useKeys({
    onPalette,
    onHelp: useCallback(() => onTop('keys'), [onTop]),
  });
  const isSeenAsOther = useObservable(usePlatform().viewedRole) !== null;
  return (
    <div className="safe-top flex h-[var(--app-height,100dvh)] flex-col overflow-hidden tablet:flex-col-reverse">
      <a
        href="#content"
        className="sr-only z-10 rounded-control bg-primary px-3 py-2 text-primary-foreground focus:not-sr-only focus:absolute focus:top-2 focus:inset-s-2"
      >
        {t('shell.skip')}
      </a>
      <SyncBar />
      <div className="flex min-h-0 flex-1">
        <Suspense fallback={<div className="hidden w-13 flex-none bg-surface tablet:block desktop:w-51" />}>
          <NavRail settleCount={settleCount} onPalette={onPalette} />
        </Suspense>
        <div className="flex min-w-0 flex-1 flex-col">
          {isSeenAsOther && (
            <Suspense fallback={null}>
              <ViewedRoleBanner />
            </Suspense>
          )}
          {!isWholePhone && <UpdateBanner />}
          <main
            id="content"
            tabIndex={-1}
            className="flex min-h-0 flex-1 flex-col overflow-hidden outline-none"
          >
            {children}
          </main>
          {!isWholePhone && <BottomBar settleCount={settleCount} />}
        </div>
      </div>
    </div>
  );
}
