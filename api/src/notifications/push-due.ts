import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import { isNotificationKind, pathOfNotification } from '@eventkit/shared/notifications/notification-kinds.ts';
import { languageOf } from '#mail/language-of.ts';
import { type DuePush, dropAddress, takeDuePushes } from './push-store.ts';
import { sayNotification } from './say-notification.ts';
import type { Pusher, PushNote } from './send-push.ts';

/**
 * Pushes what is due. An address where nobody is any more is forgotten; what a push service does not take now is not tried
 * again: it stands in the list of the app, and others would be pushed twice. Answers how many went off.
 */
export async function pushDue(pusher: Pusher, tx: TenantTransaction): Promise<number> {
  const due = (await takeDuePushes(tx)).filter(({ kind }) => isNotificationKind(kind));
  const outcomes = await Promise.all(due.map((one) => pusher.send(one, noteOf(one))));
  for (const [index, outcome] of outcomes.entries()) {
    const endpoint = due[index]?.endpoint;
    if (outcome === 'gone' && endpoint !== undefined) await dropAddress(tx, endpoint);
  }
  return outcomes.filter((outcome) => outcome === 'sent').length;
}

function noteOf({ id, kind, subject, title, detail, locale }: DuePush): PushNote {
  const language = languageOf(locale);
  const { text, more } = sayNotification(language, { kind, title, detail });
  return { id, title: text, body: more, language, path: pathOfNotification(kind, subject) };
}
