import type { dashboard } from './en/dashboard.ts';
import type { lists } from './en/lists.ts';
import type { notifications } from './en/notifications.ts';
import type { englishTexts } from './en/texts.ts';

declare module 'i18next' {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface merges with the library's own
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: {
      translation: typeof englishTexts & {
        dashboard: typeof dashboard;
        lists: typeof lists;
        notifications: typeof notifications;
      };
    };
    returnNull: false;
  }
}
