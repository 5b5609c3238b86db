import type { ConflictClass } from '@eventkit/shared/ledger/conflict.ts';
import { useTranslation } from 'react-i18next';
import type { Notification } from '#platform/notifications/notification.ts';

export type SaidNotification = {
  readonly text: string;
  /** What else there is to say; empty where there is nothing. */
  readonly more: string;
};

/** In words: what happened, and to what. */
export function useSayNotification(): (notification: Notification) => SaidNotification {
  const { t, i18n } = useTranslation();
  return ({ kind, title, detail }) => {
    if (kind !== 'own_conflict' && kind !== 'open_conflict')
      return { text: t(`notifications.what.${kind}`, { title }), more: detail };
    const isNamed = title !== '' && i18n.exists(`conflicts.headline.${detail}`);
    const text = t(`notifications.what.${kind}`);
    return isNamed
      ? { text: t(`conflicts.headline.${detail as ConflictClass}`, { code: title }), more: text }
      : { text, more: '' };
  };
}
