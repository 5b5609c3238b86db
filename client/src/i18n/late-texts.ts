/**
 * Texts that come with the screens that say them, so that no start of the app waits for their words. Each route names
 * those that its screen and all it imports speak with; lazy-page.test.ts holds the two together.
 */
export const lateTexts = {
  apiKeys: { en: () => import('./en/api-keys.ts'), de: () => import('./de/api-keys.ts') },
  assets: { en: () => import('./en/assets.ts'), de: () => import('./de/assets.ts') },
  attachments: { en: () => import('./en/attachments.ts'), de: () => import('./de/attachments.ts') },
  changes: { en: () => import('./en/changes.ts'), de: () => import('./de/changes.ts') },
  checkin: { en: () => import('./en/checkin.ts'), de: () => import('./de/checkin.ts') },
  conflicts: { en: () => import('./en/conflicts.ts'), de: () => import('./de/conflicts.ts') },
  dashboard: { en: () => import('./en/dashboard.ts'), de: () => import('./de/dashboard.ts') },
  files: { en: () => import('./en/files.ts'), de: () => import('./de/files.ts') },
  health: { en: () => import('./en/health.ts'), de: () => import('./de/health.ts') },
  lists: { en: () => import('./en/lists.ts'), de: () => import('./de/lists.ts') },
  notifications: { en: () => import('./en/notifications.ts'), de: () => import('./de/notifications.ts') },
  outbox: { en: () => import('./en/outbox.ts'), de: () => import('./de/outbox.ts') },
  packing: { en: () => import('./en/packing.ts'), de: () => import('./de/packing.ts') },
  people: { en: () => import('./en/people.ts'), de: () => import('./de/people.ts') },
  permissions: { en: () => import('./en/permissions.ts'), de: () => import('./de/permissions.ts') },
  pieces: { en: () => import('./en/pieces.ts'), de: () => import('./de/pieces.ts') },
  profile: { en: () => import('./en/profile.ts'), de: () => import('./de/profile.ts') },
  ready: { en: () => import('./en/ready.ts'), de: () => import('./de/ready.ts') },
  settings: { en: () => import('./en/settings.ts'), de: () => import('./de/settings.ts') },
  stocktake: { en: () => import('./en/stocktake.ts'), de: () => import('./de/stocktake.ts') },
  trash: { en: () => import('./en/trash.ts'), de: () => import('./de/trash.ts') },
  trucks: { en: () => import('./en/trucks.ts'), de: () => import('./de/trucks.ts') },
} as const;

export type LateFeature = keyof typeof lateTexts;

type Together<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

/** The late texts by their keys, as if all had come. */
export type LateTexts = Together<
  { [Feature in LateFeature]: Awaited<ReturnType<(typeof lateTexts)[Feature]['en']>> }[LateFeature]
>;
