import { Link } from '@tanstack/react-router';
import {
  Calculator,
  CalendarDays,
  ClipboardList,
  Inbox,
  LayoutDashboard,
  type LucideIcon,
  PackageCheck,
  PackagePlus,
  ScanLine,
  Search,
  Send,
  Settings,
  Truck,
  Wrench,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { useSession, useSyncState } from '#platform/live/replica-context.tsx';
import { useMayScan } from '#platform/live/use-may-scan.ts';
import { KeyCap } from '#ui/key-cap.tsx';
import { BrandMark } from './brand-mark.tsx';
import type { NavPath } from './nav-path.ts';

/** From tablets up: icons alone below 1,360 px, with words above. */
export function NavRail({ settleCount }: { readonly settleCount: number }) {
  const { t } = useTranslation();
  const session = useSession();
  const { waitingCount } = useSyncState();
  const mayScan = useMayScan();
  return (
    <nav
      aria-label={t('shell.nav.label')}
      className="hidden w-13 flex-none flex-col border-r border-border bg-surface tablet:flex desktop:w-51"
    >
      <div className="flex h-11 flex-none items-center justify-center gap-2 border-b border-border desktop:justify-start desktop:px-4">
        <BrandMark />
        <span className="hidden min-w-0 flex-1 items-baseline gap-2 desktop:flex">
          <b className="text-[15px] font-semibold">EventKit</b>
          <span className="truncate text-[12px] text-muted-foreground">{session.tenantName}</span>
        </span>
      </div>
      <div className="flex min-h-0 flex-1 flex-col gap-px overflow-y-auto p-1.5 desktop:p-2">
        <RailLink to="/" icon={LayoutDashboard} label={t('shell.nav.today')} />
        <RailLink to="/conflicts" icon={Inbox} label={t('shell.nav.settle')} count={settleCount} isLoud />
        <RailLink to="/outbox" icon={Send} label={t('shell.nav.outbox')} count={waitingCount} />
        <RailHeading>{t('shell.nav.work')}</RailHeading>
        <RailLink to="/events" icon={CalendarDays} label={t('shell.nav.events')} />
        <RailLink to="/find" icon={Search} label={t('shell.nav.find')} keys="Ctrl K" />
        <RailHeading>{t('shell.nav.warehouse')}</RailHeading>
        {mayScan && (
          <>
            <RailLink to="/scan" icon={ScanLine} label={t('shell.nav.scan')} />
            <RailLink to="/check-in" icon={PackageCheck} label={t('shell.nav.checkIn')} />
            <RailLink to="/pack" icon={PackagePlus} label={t('shell.nav.pack')} />
            <RailLink to="/pieces" icon={Calculator} label={t('pieces.title')} />
          </>
        )}
        <RailLink to="/trucks" icon={Truck} label={t('shell.nav.trucks')} />
        <RailLink to="/board" icon={Wrench} label={t('shell.nav.board')} />
        <RailLink to="/stocktakes" icon={ClipboardList} label={t('stocktake.title')} />
        <div className="mt-auto pt-3">
          <RailLink to="/more" icon={Settings} label={t('shell.nav.settings')} />
        </div>
      </div>
    </nav>
  );
}

function RailHeading({ children }: { readonly children: string }) {
  return (
    <p className="mt-3 border-t border-border pt-2 desktop:border-0 desktop:px-2 desktop:pt-1 desktop:pb-1 desktop:text-[11px] desktop:font-semibold desktop:text-faint-foreground">
      <span className="sr-only desktop:not-sr-only">{children}</span>
    </p>
  );
}

function RailLink({
  to,
  icon: Icon,
  label,
  count = 0,
  isLoud = false,
  keys,
}: {
  readonly to: NavPath;
  readonly icon: LucideIcon;
  readonly label: string;
  readonly count?: number;
  readonly isLoud?: boolean;
  /** The keys that lead there from anywhere. */
  readonly keys?: string;
}) {
  const format = useFormat();
  return (
    <Link
      to={to}
      title={label}
      activeOptions={{ exact: to === '/' }}
      activeProps={{ className: 'bg-secondary text-foreground font-medium', 'aria-current': 'page' }}
      inactiveProps={{ className: 'text-muted-foreground hover:bg-hover hover:text-foreground' }}
      className="relative flex h-9 items-center justify-center gap-2.5 rounded-control desktop:h-7 desktop:justify-start desktop:px-2"
    >
      <Icon className="icon" aria-hidden="true" />
      <span className="sr-only min-w-0 flex-1 truncate desktop:not-sr-only">{label}</span>
      {keys !== undefined && (
        <span className="hidden desktop:block" aria-hidden="true">
          <KeyCap>{keys}</KeyCap>
        </span>
      )}
      {count > 0 && (
        <span
          className={`absolute top-0.5 right-0.5 text-[11px] font-semibold desktop:static desktop:text-[12px] ${isLoud ? 'text-wrong-text' : 'text-muted-foreground'}`}
        >
          {format.count(count)}
        </span>
      )}
    </Link>
  );
}
