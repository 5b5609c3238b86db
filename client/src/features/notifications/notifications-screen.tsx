import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import { instantOfMs, msOf } from '@eventkit/shared/kernel/instant.ts';
import { Link } from '@tanstack/react-router';
import { Bell, Check, SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { useFormat } from '#i18n/use-format.ts';
import type { Notification } from '#platform/notifications/notification.ts';
import { useNotifications } from '#platform/notifications/use-notifications.ts';
import { BackToMore, useIsWithout } from '#platform/rpc/view/server-screen.tsx';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Notice } from '#ui/notice.tsx';
import { Screen } from '#ui/screen.tsx';
import { ScreenHeader } from '#ui/screen-header.tsx';
import { SectionHeading } from '#ui/section-heading.tsx';
import { Toast } from '#ui/toast.tsx';
import { groupByDay } from './group-by-day.ts';
import { NotificationRow } from './notification-row.tsx';

const DAY_MS = 24 * 3_600_000;

/** What the person was told, day by day, from what is on the device. */
export function NotificationsScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  const dayName = useDayName();
  const isWithout = useIsWithout();
  const { all, status, unreadCount, setRead } = useNotifications();
  const [marked, setMarked] = useState<readonly Notification[]>([]);
  const shown = format.count(unreadCount);
  const markAll = () => {
    const unread = all.filter(({ isRead }) => !isRead);
    setRead(unread, true);
    setMarked(unread);
  };
  const undo = () => {
    const ids = new Set(marked.map(({ id }) => id));
    setRead(
      all.filter(({ id }) => ids.has(id)),
      false,
    );
    setMarked([]);
  };
  return (
    <Screen
      header={
        <ScreenHeader
          back={<BackToMore />}
          title={t('notifications.title')}
          actions={
            <Link
              to="/notifications/choices"
              aria-label={t('notifications.how')}
              title={t('notifications.how')}
              className="grid size-12 place-items-center rounded-control text-muted-foreground hover:bg-hover hover:text-foreground tablet:size-8"
            >
              <SlidersHorizontal className="icon-lg" aria-hidden="true" />
            </Link>
          }
          facts={
            all.length > 0 &&
            (unreadCount > 0
              ? t('notifications.unread', { count: unreadCount, shown })
              : t('notifications.allRead'))
          }
        />
      }
    >
      <div className="max-w-3xl">
        {unreadCount > 0 && (
          <div className="px-4 pb-1">
            <Button kind="outline" onClick={markAll}>
              {t('notifications.markAll')}
            </Button>
          </div>
        )}
        {status === 'failed' && (
          <div className="px-4 pb-3">
            <Notice tone="warn" title={t('common.readFailed')}>
              {t('common.readFailedSafe')}
            </Notice>
          </div>
        )}
        {status === 'ready' && all.length === 0 && (
          <EmptyState icon={<Bell />} title={t('notifications.emptyTitle')}>
            {t('notifications.emptyText')}
          </EmptyState>
        )}
        {groupByDay(all, format.isSameDay).map(({ at, items }) => (
          <section key={at} aria-label={dayName(at)}>
            <SectionHeading>{dayName(at)}</SectionHeading>
            <ul>
              {items.map((notification) => (
                <NotificationRow
                  key={notification.id}
                  notification={notification}
                  onOpen={() => {
                    if (!notification.isRead) setRead([notification], true);
                  }}
                />
              ))}
            </ul>
          </section>
        ))}
        {isWithout && <p className="px-4 py-3 text-muted-foreground">{t('notifications.notYet')}</p>}
      </div>
      <Toast
        icon={<Check className="icon-lg" aria-hidden="true" />}
        closeLabel={t('common.close')}
        onClose={() => setMarked([])}
      >
        {marked.length === 0 ? null : (
          <div className="flex flex-wrap items-center gap-x-3">
            <span className="min-w-0 flex-1">
              {t('notifications.marked', { count: marked.length, shown: format.count(marked.length) })}
            </span>
            <Button kind="quiet" onClick={undo}>
              {t('notifications.undo')}
            </Button>
          </div>
        )}
      </Toast>
    </Screen>
  );
}

function useDayName(): (at: Instant) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const now = nowForDisplay();
  return (at) => {
    if (format.isSameDay(at, now)) return t('notifications.today');
    const isYesterday = format.isSameDay(at, instantOfMs(msOf(now) - DAY_MS));
    return isYesterday ? t('notifications.yesterday') : format.longDay(at);
  };
}
