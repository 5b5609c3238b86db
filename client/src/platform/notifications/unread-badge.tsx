import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { useObservable } from '#platform/live/use-observable.ts';
import { useNotifications } from './use-notifications.ts';

/** How much the person was told and has not read, at the corner of what it stands in; nothing where that is none. */
export function UnreadBadge() {
  const { t } = useTranslation();
  const format = useFormat();
  const { unreadCount } = useNotifications();
  const { isShared } = useObservable(usePlatform().sharing);
  // On a shared device nobody can open them.
  if (unreadCount === 0 || isShared) return null;
  const shown = format.count(unreadCount);
  return (
    <span className="absolute top-1 inset-s-1/2 ms-2 min-w-4 rounded-full bg-primary px-1 text-center text-[11px] leading-4 font-bold text-primary-foreground">
      <span aria-hidden="true">{shown}</span>
      <span className="sr-only">{t('shell.nav.unread', { count: unreadCount, shown })}</span>
    </span>
  );
}
