import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { BottomBar } from './bottom-bar.tsx';
import { NavRail } from './nav-rail.tsx';
import { SyncBar } from './sync-bar.tsx';
import { UpdateBanner } from './update-banner.tsx';

/**
 * The frame of every screen: sync bar on top (below on desktops), rail or bottom bar, one region that scrolls.
 * `isWholePhone`: the screen brings its own thumb bar, as scanning does.
 */
export function Shell({
  settleCount,
  isWholePhone,
  children,
}: {
  readonly settleCount: number;
  readonly isWholePhone: boolean;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  useFindKey();
  return (
    <div className="safe-top flex h-dvh flex-col overflow-hidden tablet:flex-col-reverse">
      <a
        href="#content"
        className="sr-only z-10 rounded-control bg-primary px-3 py-2 text-primary-foreground focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
      >
        {t('shell.skip')}
      </a>
      <SyncBar />
      <div className="flex min-h-0 flex-1">
        <NavRail settleCount={settleCount} />
        <div className="flex min-w-0 flex-1 flex-col">
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

/** Ctrl K or Cmd K leads to the search from anywhere. A wedge scanner never sends it. */
function useFindKey(): void {
  const navigate = useNavigate();
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      void navigate({ to: '/find' });
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [navigate]);
}
