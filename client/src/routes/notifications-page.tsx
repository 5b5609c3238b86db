import { ChoicesScreen } from '#features/notifications/choices-screen.tsx';
import { NotificationsScreen } from '#features/notifications/notifications-screen.tsx';
import { addLateTexts } from '#i18n/start-i18n.ts';

await addLateTexts(async (language) =>
  language === 'de' ? import('#i18n/de/notifications.ts') : import('#i18n/en/notifications.ts'),
);

export function NotificationsPage() {
  return <NotificationsScreen />;
}

export function NotificationChoicesPage() {
  return <ChoicesScreen />;
}
