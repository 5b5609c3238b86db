import { Link } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { useSession, useSyncState } from '#platform/live/replica-context.tsx';
import { placeIcons } from '#platform/navigation/place-icons.ts';
import type { Place } from '#platform/navigation/places.ts';
import { usePlaces } from '#platform/navigation/use-places.ts';
import { useNotifications } from '#platform/notifications/use-notifications.ts';
import { KeyCap } from '#ui/key-cap.tsx';
import { BrandMark } from './brand-mark.tsx';

const warehouse = ['/scan', '/check-in', '/pack', '/pieces', '/trucks', '/board', '/stocktakes'] as const;

/** From tablets up: icons alone below 1,360 px, with words above. */
export function NavRail({
  settleCount,
  onPalette,
}: {
  readonly settleCount: number;
  readonly onPalette: () => void;
}) {
  const { t } = useTranslation();
  const session = useSession();
  const { waitingCount } = useSyncState();
  const { unreadCount } = useNotifications();
  return (
    <nav
      aria-label={t('shell.nav.label')}
      className="hidden w-13 flex-none flex-col border-e border-border bg-surface tablet:flex desktop:w-51"
    >
      <div className="flex h-11 flex-none items-center justify-center gap-2 border-b border-border desktop:justify-start desktop:px-4">
        <BrandMark />
        <span className="hidden min-w-0 flex-1 items-baseline gap-2 desktop:flex">
          <b className="text-[15px] font-semibold">EventKit</b>
          <span className="truncate text-[12px] text-muted-foreground">{session.tenantName}</span>
        </span>
      </div>
      <div className="flex min-h-0 flex-1 flex-col gap-px overflow-y-auto p-1.5 desktop:p-2">
        <PaletteButton onClick={onPalette} />
        <RailLink path="/" />
        <RailLink path="/dashboard" />
        <RailLink path="/conflicts" count={settleCount} isLoud />
        <RailLink path="/notifications" count={unreadCount} />
        <RailLink path="/outbox" count={waitingCount} />
        <RailHeading>{t('shell.nav.work')}</RailHeading>
        <RailLink path="/events" />
        <RailLink path="/find" />
        <RailLink path="/assets" />
        <RailHeading>{t('shell.nav.warehouse')}</RailHeading>
        {warehouse.map((path) => (
          <RailLink key={path} path={path} />
        ))}
        <div className="mt-auto pt-3">
          <RailLink path="/more" />
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

function PaletteButton({ onClick }: { readonly onClick: () => void }) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      title={t('palette.title')}
      onClick={onClick}
      className="mb-1.5 flex h-9 flex-none items-center justify-center gap-2 rounded-control border border-border text-muted-foreground hover:bg-hover hover:text-foreground desktop:h-8 desktop:justify-start desktop:px-2"
    >
      <Search className="icon" aria-hidden="true" />
      <span className="sr-only min-w-0 flex-1 truncate text-start desktop:not-sr-only">
        {t('palette.title')}
      </span>
      <span className="hidden desktop:block" aria-hidden="true">
        <KeyCap>{t('shell.paletteKeys')}</KeyCap>
      </span>
    </button>
  );
}

/** Nothing for who may not go there. */
function RailLink({
  path,
  count = 0,
  isLoud = false,
}: {
  readonly path: Place['path'];
  readonly count?: number;
  readonly isLoud?: boolean;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const place = usePlaces().find((one) => one.path === path);
  if (place === undefined) return null;
  const { text } = place;
  const Icon = placeIcons[path];
  return (
    <Link
      to={path}
      title={t(text)}
      activeOptions={{ exact: path === '/' }}
      activeProps={{ className: 'bg-secondary text-foreground font-medium', 'aria-current': 'page' }}
      inactiveProps={{ className: 'text-muted-foreground hover:bg-hover hover:text-foreground' }}
      className="group relative flex h-9 items-center justify-center gap-2.5 rounded-control desktop:h-7 desktop:justify-start desktop:px-2"
    >
      <Icon className="icon" aria-hidden="true" />
      <span className="sr-only min-w-0 flex-1 truncate desktop:not-sr-only">{t(text)}</span>
      {'letter' in place && (
        <span className="hidden desktop:group-hover:block" aria-hidden="true">
          <KeyCap>{`G ${place.letter.toUpperCase()}`}</KeyCap>
        </span>
      )}
      {count > 0 && (
        <span
          className={`absolute top-0.5 inset-e-0.5 text-[11px] font-semibold desktop:static desktop:text-[12px] ${isLoud ? 'text-wrong-text' : 'text-muted-foreground'}`}
        >
          {format.count(count)}
        </span>
      )}
    </Link>
  );
}
