import type { AssetId, ConflictId } from '@eventkit/shared/kernel/ids.ts';
import type { NotificationKind } from '@eventkit/shared/notifications/notification-kinds.ts';
import { Link, linkOptions } from '@tanstack/react-router';
import {
  HardDrive,
  Inbox,
  Lock,
  type LucideIcon,
  TabletSmartphone,
  Truck,
  UserCheck,
  WifiOff,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import type { Notification } from '#platform/notifications/notification.ts';
import { useSayNotification } from './say-notification.ts';

const icons: Readonly<Record<NotificationKind, LucideIcon>> = {
  own_conflict: Inbox,
  open_conflict: Inbox,
  held_back: Lock,
  truck_left: Truck,
  truck_arrived: Truck,
  device_silent: WifiOff,
  storage_lost: HardDrive,
  device_wiped: TabletSmartphone,
  invitation_accepted: UserCheck,
};

/** What happened and when; leads to what it is about, and is read then. */
export function NotificationRow({
  notification,
  onOpen,
}: {
  readonly notification: Notification;
  readonly onOpen: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const say = useSayNotification();
  const { kind, isRead, happenedAt } = notification;
  const { text, more } = say(notification);
  const Icon = icons[kind];
  return (
    <li className="border-b border-rule">
      <Link
        {...targetOf(notification)}
        onClick={onOpen}
        className="grid min-h-16 grid-cols-[1.5rem_1fr_auto] items-center gap-x-3 px-4 py-2 hover:bg-hover focus-visible:-outline-offset-2 tablet:min-h-11"
      >
        <Icon
          className={`icon-lg ${isRead ? 'text-faint-foreground' : 'text-primary-text'}`}
          aria-hidden="true"
        />
        <span className="min-w-0">
          <span
            className={`block wrap-anywhere text-[16px] tablet:text-[14px] ${isRead ? 'text-muted-foreground' : 'font-semibold'}`}
          >
            {text}
          </span>
          {more !== '' && (
            <span className="block truncate text-[14px] text-muted-foreground tablet:text-[13px]">
              {more}
            </span>
          )}
        </span>
        <span className="flex items-center gap-2 text-[14px] text-muted-foreground tablet:text-[12px]">
          {format.time(happenedAt)}
          <span className={`size-2 rounded-full ${isRead ? '' : 'bg-primary'}`} />
          {!isRead && <span className="sr-only">{t('notifications.isUnread')}</span>}
        </span>
      </Link>
    </li>
  );
}

function targetOf({ kind, subject }: Notification) {
  switch (kind) {
    case 'own_conflict':
    case 'open_conflict':
      return linkOptions({ to: '/conflicts/$conflictId', params: { conflictId: subject as ConflictId } });
    case 'held_back':
      return linkOptions({ to: '/assets/$assetId', params: { assetId: subject as AssetId } });
    case 'truck_left':
    case 'truck_arrived':
      return linkOptions({ to: '/trucks' });
    case 'device_silent':
    case 'storage_lost':
    case 'device_wiped':
      return linkOptions({ to: '/sync-health' });
    case 'invitation_accepted':
      return linkOptions({ to: '/people' });
  }
}
