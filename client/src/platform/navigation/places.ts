import type { Permission } from '@eventkit/shared/permissions/roles.ts';

type PlaceShape = {
  readonly path: string;
  readonly text: string;
  /** Not shown to who lacks it, or all of them. */
  readonly permission?: Permission | readonly Permission[];
  /** Of the person who signed in: not for whoever takes a turn on a shared device. */
  readonly isPersonal?: true;
  /** After G, the letter that leads there. */
  readonly letter?: string;
};

/** Every screen that can be gone to from anywhere, in the order in which people look for them. */
export const places = [
  { path: '/', text: 'shell.nav.today', letter: 't' },
  {
    path: '/dashboard',
    text: 'shell.nav.dashboard',
    letter: 'd',
    permission: 'planning:read',
    isPersonal: true,
  },
  { path: '/conflicts', text: 'shell.nav.settle', letter: 'i' },
  { path: '/notifications', text: 'shell.nav.notifications', letter: 'u', isPersonal: true },
  { path: '/outbox', text: 'shell.nav.outbox', letter: 'o' },
  { path: '/events', text: 'shell.nav.events', letter: 'e' },
  { path: '/find', text: 'shell.nav.find', letter: 'f' },
  { path: '/assets', text: 'shell.nav.inventory', letter: 'a', permission: 'inventory:read' },
  { path: '/scan', text: 'shell.nav.scan', letter: 's', permission: 'scanning:write' },
  {
    path: '/check-in',
    text: 'shell.nav.checkIn',
    letter: 'c',
    permission: 'scanning:write',
  },
  { path: '/pack', text: 'shell.nav.pack', letter: 'p', permission: 'scanning:write' },
  { path: '/pieces', text: 'shell.nav.pieces', letter: 'n', permission: 'scanning:write' },
  { path: '/trucks', text: 'shell.nav.trucks', letter: 'v' },
  { path: '/board', text: 'shell.nav.board', letter: 'b' },
  { path: '/stocktakes', text: 'shell.nav.stocktakes', letter: 'k' },
  { path: '/ready', text: 'shell.nav.ready' },
  { path: '/labels', text: 'labels.print.link' },
  { path: '/sync-health', text: 'shell.nav.health', permission: 'devices:manage' },
  { path: '/api-keys', text: 'shell.nav.apiKeys', permission: 'api_keys:manage' },
  { path: '/changes', text: 'shell.nav.changes', permission: 'audit:read' },
  { path: '/trash', text: 'shell.nav.trash', permission: ['inventory:write', 'planning:write'] },
  { path: '/people', text: 'shell.nav.people', permission: 'users:manage' },
  { path: '/badges', text: 'sharedDevice.badges.title', permission: 'users:manage' },
  { path: '/roles', text: 'shell.nav.roles', permission: 'users:manage' },
  { path: '/profile', text: 'shell.nav.profile', isPersonal: true },
  { path: '/pin', text: 'sharedDevice.pin.title', isPersonal: true },
  { path: '/settings', text: 'shell.nav.companySettings', permission: 'settings:manage' },
  { path: '/more', text: 'shell.nav.settings', letter: 'm' },
] as const satisfies readonly PlaceShape[];

export type Place = (typeof places)[number];

/** Those of them that a person with these permissions may enter. */
export function placesFor(permissions: readonly Permission[], isShared: boolean): readonly Place[] {
  return places.filter(
    (place) =>
      (!('permission' in place) || [place.permission].flat().some((one) => permissions.includes(one))) &&
      !(isShared && 'isPersonal' in place),
  );
}
