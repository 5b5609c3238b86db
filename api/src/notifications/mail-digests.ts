import { readCompanySettings } from '@eventkit/database/read-company-settings.ts';
import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import { isNotificationKind } from '@eventkit/shared/notifications/notification-kinds.ts';
import { composeDigest } from '#mail/compose-digest.ts';
import { languageOf } from '#mail/language-of.ts';
import type { Mailer } from '#mail/mailer.ts';
import { type DueLine, dropDueLines, holdDueLines } from './digest-store.ts';
import { sayNotification } from './say-notification.ts';

/**
 * One mail for each person whose morning has come, with what they want mailed and have not read. One that cannot be sent
 * waits for the next round and holds up no others; it throws where none could be. Answers how many mails went off.
 */
export async function mailDigests(
  { mailer, publicUrl }: { readonly mailer: Mailer; readonly publicUrl: URL },
  tx: TenantTransaction,
): Promise<number> {
  const due = (await holdDueLines(tx)).filter(({ kind }) => isNotificationKind(kind));
  if (due.length === 0) return 0;
  const company = await readCompanySettings(tx);
  const link = new URL('/notifications', publicUrl).href;
  const failures: unknown[] = [];
  let sentCount = 0;
  for (const lines of Map.groupBy(due, ({ userId }) => userId).values()) {
    const [person] = lines;
    if (person === undefined) continue;
    const language = languageOf(person.locale);
    const happened = lines.map((line) => sayLine(language, line));
    try {
      await mailer.send(composeDigest({ language, company, person, happened, link }));
      sentCount += 1;
    } catch (error) {
      failures.push(error);
      continue;
    }
    const ids = lines.map(({ id }) => id);
    await dropDueLines(tx, ids);
  }
  if (sentCount === 0 && failures.length > 0) throw failures[0];
  return sentCount;
}

function sayLine(language: ReturnType<typeof languageOf>, line: DueLine): string {
  const { text, more } = sayNotification(language, line);
  return more === '' ? text : `${text} (${more})`;
}
