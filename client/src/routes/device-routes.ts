import type { EventId } from '@eventkit/shared/kernel/ids.ts';
import { createRoute } from '@tanstack/react-router';
import { lazyPage } from './lazy-page.ts';
import { root } from './root-route.ts';

const today = createRoute({
  getParentRoute: () => root,
  path: '/',
  staticData: { isOfPlans: true },
  component: lazyPage([], () => import('./today-page.tsx'), 'TodayPage'),
});

const dashboard = createRoute({
  getParentRoute: () => root,
  path: '/dashboard',
  component: lazyPage(['dashboard'], () => import('./dashboard-page.tsx'), 'DashboardPage'),
});

const notifications = createRoute({
  getParentRoute: () => root,
  path: '/notifications',
  staticData: { isOfPlans: true },
  component: lazyPage(
    ['conflicts', 'notifications'],
    () => import('./notifications-page.tsx'),
    'NotificationsPage',
  ),
});

const notificationChoices = createRoute({
  getParentRoute: () => root,
  path: '/notifications/choices',
  staticData: { isOfPlans: true },
  component: lazyPage(
    ['conflicts', 'notifications'],
    () => import('./notifications-page.tsx'),
    'NotificationChoicesPage',
  ),
});

const conflicts = createRoute({
  getParentRoute: () => root,
  path: '/conflicts',
  component: lazyPage(['conflicts'], () => import('./conflicts-page.tsx'), 'ConflictsPage'),
});

const conflict = createRoute({
  getParentRoute: () => root,
  path: '/conflicts/$conflictId',
  component: lazyPage(['conflicts'], () => import('./conflict-page.tsx'), 'ConflictPage'),
});

const outbox = createRoute({
  getParentRoute: () => root,
  path: '/outbox',
  staticData: { isOfPlans: true },
  component: lazyPage(['outbox'], () => import('#features/outbox/outbox-screen.tsx'), 'OutboxScreen'),
});

export type ReadySearch = { readonly event?: EventId };

const ready = createRoute({
  getParentRoute: () => root,
  path: '/ready',
  staticData: { isOfPlans: true },
  validateSearch: (search: Record<string, unknown>): ReadySearch =>
    typeof search['event'] === 'string' ? { event: search['event'] as EventId } : {},
  component: lazyPage(['ready'], () => import('./ready-page.tsx'), 'ReadyPage'),
});

const health = createRoute({
  getParentRoute: () => root,
  path: '/sync-health',
  staticData: { isOfPlans: true },
  component: lazyPage(
    ['health'],
    () => import('#features/health/sync-health-screen.tsx'),
    'SyncHealthScreen',
  ),
});

const apiKeys = createRoute({
  getParentRoute: () => root,
  path: '/api-keys',
  staticData: { isOfPlans: true },
  component: lazyPage(
    ['apiKeys', 'permissions'],
    () => import('#features/api-keys/api-keys-screen.tsx'),
    'ApiKeysScreen',
  ),
});

const people = createRoute({
  getParentRoute: () => root,
  path: '/people',
  staticData: { isOfPlans: true },
  component: lazyPage(['people'], () => import('#features/people/people-screen.tsx'), 'PeopleScreen'),
});

const badges = createRoute({
  getParentRoute: () => root,
  path: '/badges',
  staticData: { isOfPlans: true },
  component: lazyPage([], () => import('#features/shared-device/badges-screen.tsx'), 'BadgesScreen'),
});

const pin = createRoute({
  getParentRoute: () => root,
  path: '/pin',
  staticData: { isOfPlans: true },
  component: lazyPage([], () => import('#features/shared-device/own-pin-screen.tsx'), 'OwnPinScreen'),
});

const roles = createRoute({
  getParentRoute: () => root,
  path: '/roles',
  staticData: { isOfPlans: true },
  component: lazyPage(
    ['people', 'permissions'],
    () => import('#features/people/roles-screen.tsx'),
    'RolesScreen',
  ),
});

const changes = createRoute({
  getParentRoute: () => root,
  path: '/changes',
  staticData: { isOfPlans: true },
  component: lazyPage(['changes'], () => import('#features/changes/changes-screen.tsx'), 'ChangesScreen'),
});

const trash = createRoute({
  getParentRoute: () => root,
  path: '/trash',
  staticData: { isOfPlans: true },
  component: lazyPage(['trash'], () => import('#features/trash/trash-screen.tsx'), 'TrashScreen'),
});

const profile = createRoute({
  getParentRoute: () => root,
  path: '/profile',
  staticData: { isOfPlans: true },
  component: lazyPage(['profile'], () => import('#features/profile/profile-screen.tsx'), 'ProfileScreen'),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  staticData: { isOfPlans: true },
  component: lazyPage(['settings'], () => import('#features/settings/settings-screen.tsx'), 'SettingsScreen'),
});

const more = createRoute({
  getParentRoute: () => root,
  path: '/more',
  staticData: { isOfPlans: true },
  component: lazyPage([], () => import('./more-page.tsx'), 'MorePage'),
});

/** What is to be looked at, and how this device stands. */
export const deviceRoutes = [
  today,
  dashboard,
  notifications,
  notificationChoices,
  conflicts,
  conflict,
  outbox,
  ready,
  health,
  apiKeys,
  people,
  badges,
  pin,
  roles,
  changes,
  trash,
  profile,
  settings,
  more,
] as const;
