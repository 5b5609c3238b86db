import type { Permission } from '#permissions/roles.ts';

/** What people can be told of, and the right that somebody needs to be told of it. */
export const permissionByNotificationKind = {
  /** Something that the person recorded does not fit, and is open. */
  own_conflict: 'scanning:write',
  /** The same of others, for who may settle it. */
  open_conflict: 'scanning:write',
  /** A thing came back damaged, failed its inspection or was held back. */
  held_back: 'maintenance:write',
  truck_left: 'planning:write',
  truck_arrived: 'planning:write',
  /** A device was not heard for as long as the installation says. */
  device_silent: 'devices:manage',
  /** A device has lost what it kept. */
  storage_lost: 'devices:manage',
  /** A device has deleted what it held, as it was told to. */
  device_wiped: 'devices:manage',
  /** Somebody who was invited has signed in for the first time. */
  invitation_accepted: 'users:manage',
} as const satisfies Readonly<Record<string, Permission>>;

export type NotificationKind = keyof typeof permissionByNotificationKind;

export const notificationKinds = Object.keys(permissionByNotificationKind) as readonly NotificationKind[];

/** What a later version tells of, and this one does not know, is none. */
export function isNotificationKind(text: string): text is NotificationKind {
  return Object.hasOwn(permissionByNotificationKind, text);
}

/** Where in the app there is more to it. */
export function pathOfNotification(kind: NotificationKind, subject: string): string {
  switch (kind) {
    case 'own_conflict':
    case 'open_conflict':
      return `/conflicts/${encodeURIComponent(subject)}`;
    case 'held_back':
      return `/assets/${encodeURIComponent(subject)}`;
    case 'truck_left':
    case 'truck_arrived':
      return '/trucks';
    case 'device_silent':
    case 'storage_lost':
    case 'device_wiped':
      return '/sync-health';
    case 'invitation_accepted':
      return '/people';
  }
}
