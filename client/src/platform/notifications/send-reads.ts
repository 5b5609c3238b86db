import { type Client, Code, ConnectError } from '@connectrpc/connect';
import type { NotificationService } from '@eventkit/proto/gen/eventkit/v1/notifications_pb.ts';
import { smallCall } from '#platform/rpc/small-call.ts';
import type { PendingReads } from './pending-reads.ts';

/** As many as the server takes at once. */
const AT_ONCE = 500;

/** Those that are being sent: the count in the bar and the screen both see to it. */
const sending = new WeakSet<PendingReads>();

/**
 * Sends what waits until nothing does or the server does not take it now: then the rest waits for the next call. What
 * the server will never take is given up.
 */
export async function sendReads(
  pending: PendingReads,
  notifications: Pick<Client<typeof NotificationService>, 'setRead'>,
): Promise<void> {
  if (sending.has(pending)) return;
  sending.add(pending);
  try {
    while (await sendSome(pending, notifications));
  } finally {
    sending.delete(pending);
  }
}

/** False where nothing is left, or the server is not there. */
async function sendSome(...[pending, notifications]: Parameters<typeof sendReads>): Promise<boolean> {
  const waiting = pending.current().filter(({ isSent }) => !isSent);
  const [first] = waiting;
  if (first === undefined) return false;
  const { isRead } = first;
  const sent = waiting.filter((one) => one.isRead === isRead).slice(0, AT_ONCE);
  try {
    await notifications.setRead({ notificationIds: sent.map(({ id }) => id), isRead }, smallCall());
    pending.noteSent(sent);
    return true;
  } catch (error) {
    const isRefused = error instanceof ConnectError && error.code === Code.InvalidArgument;
    if (isRefused) pending.drop(sent);
    return isRefused;
  }
}
