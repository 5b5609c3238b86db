import type { NotificationKind } from '@eventkit/shared/notifications/notification-kinds.ts';
import type { MailLanguage } from '#mail/compose-letter.ts';

type Words = Readonly<Record<NotificationKind, (title: string) => string>>;

const words: Readonly<Record<MailLanguage, Words>> = {
  en: {
    own_conflict: (title) =>
      title === ''
        ? 'Something you recorded is to be settled'
        : `${title}, which you recorded, is to be settled`,
    open_conflict: (title) => (title === '' ? 'There is something to settle' : `${title} is to be settled`),
    held_back: (title) => `${title} is held back`,
    truck_left: (title) => `${title} has left`,
    truck_arrived: (title) => `${title} has arrived`,
    device_silent: (title) => `${title} has not been heard for days`,
    storage_lost: (title) => `${title} has lost what it kept`,
    device_wiped: (title) => `${title} has deleted what it held`,
    invitation_accepted: (title) => `${title} has signed in for the first time`,
  },
  de: {
    own_conflict: (title) =>
      title === '' ? 'Etwas selbst Erfasstes ist zu klären' : `${title} ist zu klären, selbst erfasst`,
    open_conflict: (title) => (title === '' ? 'Es gibt etwas zu klären' : `${title} ist zu klären`),
    held_back: (title) => `${title} ist gesperrt`,
    truck_left: (title) => `${title} ist abgefahren`,
    truck_arrived: (title) => `${title} ist angekommen`,
    device_silent: (title) => `${title} hat sich seit Tagen nicht gemeldet`,
    storage_lost: (title) => `${title} hat den Speicher verloren`,
    device_wiped: (title) => `${title} hat alles gelöscht, was darauf war`,
    invitation_accepted: (title) => `${title} hat sich zum ersten Mal angemeldet`,
  },
};

/** What happened in one line, and what else there is to say; that is empty where there is nothing. */
export function sayNotification(
  language: MailLanguage,
  {
    kind,
    title,
    detail,
  }: { readonly kind: NotificationKind; readonly title: string; readonly detail: string },
): { readonly text: string; readonly more: string } {
  // Of a conflict the detail is its class, which the app has the words for.
  const more = kind === 'own_conflict' || kind === 'open_conflict' ? '' : detail;
  return { text: words[language][kind](title), more };
}
