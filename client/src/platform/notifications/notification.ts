import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import {
  isNotificationKind,
  type NotificationKind,
} from '@eventkit/shared/notifications/notification-kinds.ts';
import type { PendingRead } from './pending-reads.ts';

export type NotificationRow = {
  readonly id: string;
  readonly kind: string;
  readonly subject: string;
  readonly title: string;
  readonly detail: string;
  readonly happenedAt: Instant;
  readonly readAt: Instant | null;
};

export type Notification = Omit<NotificationRow, 'kind'> & {
  readonly kind: NotificationKind;
  readonly isRead: boolean;
};

/** More than anybody looks through. */
const SHOWN_COUNT = 300;

/** What the person was told lately, the newest first. */
export const NOTIFICATIONS = `
SELECT id, kind, subject, title, detail, happened_at AS happenedAt, read_at AS readAt
  FROM notifications WHERE user_id = ? ORDER BY happened_at DESC, id DESC LIMIT ${SHOWN_COUNT}`;

/** As the person has it: what came down, with what they said on this device since. What this version does not know is left out. */
export function mergeReads(
  rows: readonly NotificationRow[],
  pending: readonly PendingRead[],
): readonly Notification[] {
  const saidById = new Map(pending.map((one) => [one.id, one]));
  return rows.flatMap((row) => {
    const { kind, readAt } = row;
    if (!isNotificationKind(kind)) return [];
    const said = saidById.get(row.id);
    const stands = said !== undefined && !isAnswered(said, row);
    return [{ ...row, kind, isRead: stands ? said.isRead : readAt !== null }];
  });
}

/** Those that the stream has answered: from then on it alone says what is read. */
export function answeredReads(
  rows: readonly NotificationRow[],
  pending: readonly PendingRead[],
): readonly PendingRead[] {
  const rowsById = new Map(rows.map((row) => [row.id, row]));
  return pending.filter((one) => {
    const row = rowsById.get(one.id);
    return row === undefined ? one.isSent : isAnswered(one, row);
  });
}

function isAnswered(
  { isSent, isRead, saw, isSecondThought }: PendingRead,
  { readAt }: NotificationRow,
): boolean {
  return isSent && ((readAt !== null) === isRead || (readAt !== saw && !isSecondThought));
}
