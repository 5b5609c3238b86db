import { Link, lazyRouteComponent } from '@tanstack/react-router';
import { Inbox, type LucideIcon, Menu, ScanLine, Search, Sun } from 'lucide-react';
import { type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { useMayScan } from '#platform/live/use-may-scan.ts';

// A scan does not wait for it.
const UnreadBadge = lazyRouteComponent(
  () => import('#platform/notifications/unread-badge.tsx'),
  'UnreadBadge',
);

/** Phones only: five places under the thumb, scanning in the middle for those who scan. */
export function BottomBar({ settleCount }: { readonly settleCount: number }) {
  const { t } = useTranslation();
  const mayScan = useMayScan();
  return (
    <nav
      aria-label={t('shell.nav.label')}
      className="safe-bottom flex flex-none items-stretch gap-1 border-t border-border bg-surface px-2 pt-2 tablet:hidden"
    >
      <BarLink to="/" icon={Sun} label={t('shell.nav.today')} />
      <BarLink to="/find" icon={Search} label={t('shell.nav.find')} />
      {mayScan && (
        <Link
          to="/scan"
          activeProps={{ 'aria-current': 'page' }}
          className="flex min-h-14 flex-[1.5] flex-col items-center justify-center gap-0.5 rounded-panel bg-primary text-[15px] font-semibold text-primary-foreground active:brightness-90"
        >
          <ScanLine className="icon-lg" aria-hidden="true" />
          {t('shell.nav.scan')}
        </Link>
      )}
      <BarLink to="/conflicts" icon={Inbox} label={t('shell.nav.settle')} count={settleCount} />
      <BarLink
        to="/more"
        icon={Menu}
        label={t('shell.nav.more')}
        badge={
          <Suspense fallback={null}>
            <UnreadBadge />
          </Suspense>
        }
      />
    </nav>
  );
}

function BarLink({
  to,
  icon: Icon,
  label,
  count = 0,
  badge,
}: {
  readonly to: '/' | '/find' | '/conflicts' | '/more';
  readonly icon: LucideIcon;
  readonly label: string;
  readonly count?: number;
  /** In place of a count. */
  readonly badge?: ReactNode;
}) {
  const format = useFormat();
  return (
    <Link
      to={to}
      activeOptions={{ exact: to === '/' }}
      activeProps={{ className: 'text-foreground [&_svg]:text-primary-text', 'aria-current': 'page' }}
      inactiveProps={{ className: 'text-muted-foreground' }}
      className="relative flex min-h-14 flex-1 flex-col items-center justify-center gap-0.5 rounded-control text-[13px] font-medium active:bg-hover"
    >
      <Icon className="icon-lg" aria-hidden="true" />
      {label}
      {badge}
      {count > 0 && (
        <span className="absolute top-1 inset-s-1/2 ms-2 min-w-4 rounded-full bg-wrong px-1 text-center text-[11px] leading-4 font-bold text-wrong-on">
          {format.count(count)}
        </span>
      )}
    </Link>
  );
}
