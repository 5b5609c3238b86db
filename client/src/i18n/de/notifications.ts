import type { notifications as english } from '#i18n/en/notifications.ts';
import type { TextsLike } from '#i18n/texts-like.ts';

export const notifications: TextsLike<typeof english> = {
  title: 'Benachrichtigungen',
  unread_one: '{{shown}} ungelesen',
  unread_other: '{{shown}} ungelesen',
  allRead: 'alles gelesen',
  isUnread: 'ungelesen',
  today: 'Heute',
  yesterday: 'Gestern',
  markAll: 'Alles als gelesen markieren',
  marked_one: '{{shown}} als gelesen markiert',
  marked_other: '{{shown}} als gelesen markiert',
  undo: 'Rückgängig',
  emptyTitle: 'Noch nichts',
  emptyText:
    'Hier steht, was anderswo geschieht und einen selbst betrifft, etwa ein Scan, der zu einem anderen nicht passt.',
  notYet: 'Was dieses Gerät noch nicht geholt hat, kommt, sobald der Server wieder da ist.',
  what: {
    own_conflict: 'Etwas selbst Erfasstes ist zu klären',
    held_back: '{{title}} ist gesperrt',
    truck_left: '{{title}} ist abgefahren',
    truck_arrived: '{{title}} ist angekommen',
    storage_lost: '{{title}} hat den Speicher verloren',
    device_wiped: '{{title}} hat alles gelöscht, was darauf war',
    invitation_accepted: '{{title}} hat sich zum ersten Mal angemeldet',
  },
};
