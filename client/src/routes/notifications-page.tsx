import { ChoicesScreen } from '#features/notifications/choices-screen.tsx';
import { NotificationsScreen } from '#features/notifications/notifications-screen.tsx';

export function NotificationsPage() {
  return <NotificationsScreen />;
}

export function NotificationChoicesPage() {
  return <ChoicesScreen />;
}
