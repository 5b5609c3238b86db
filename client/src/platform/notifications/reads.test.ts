import { Code, ConnectError } from '@connectrpc/connect';
import { type Instant, instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answeredReads, mergeReads, type NotificationRow } from './notification.ts';
import { openPendingReads, type PendingReads } from './pending-reads.ts';
import { sendReads } from './send-reads.ts';

function newMemory() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}
const AT = instantOfMs(1000);
const row = (id: string, readAt: Instant | null = null, kind = 'held_back'): NotificationRow => ({
  ...{ id, kind, subject: 's', title: 't', detail: '', happenedAt: AT, readAt },
});
const said = (id: string, isRead = true) => ({ id, isRead, saw: null });

/** A server with rows of its own; down is what the stream brings. */
function newServer(ids: readonly string[]) {
  const rows = new Map(ids.map((id) => [id, row(id)]));
  const calls: string[][] = [];
  let clock = 0;
  return {
    calls,
    rows: () => [...rows.values()],
    async setRead({
      notificationIds = [],
      isRead = false,
    }: {
      notificationIds?: string[];
      isRead?: boolean;
    }) {
      calls.push(notificationIds);
      for (const id of notificationIds) {
        const one = rows.get(id);
        clock += 1;
        if (one !== undefined && (one.readAt !== null) !== isRead)
          rows.set(id, { ...one, readAt: isRead ? instantOfMs(clock) : null });
      }
      return { $typeName: 'eventkit.v1.SetReadResponse' as const };
    },
  };
}

describe('what was read on a device', () => {
  test('is read at once, also after a reload, and of one person only', () => {
    const memory = newMemory();
    openPendingReads(memory, 'ada').put([said('a')]);
    const pending = openPendingReads(memory, 'ada');
    const isReadById = (reads: PendingReads) =>
      mergeReads([row('a'), row('b'), row('c', AT)], reads.current()).map(({ isRead }) => isRead);
    expect(isReadById(pending)).toEqual([true, false, true]);
    expect(isReadById(openPendingReads(memory, 'ben'))).toEqual([false, false, true]);
  });

  test('stays read while the stream has not said so, and gives way to what it says afterwards', async () => {
    const pending = openPendingReads(newMemory(), 'ada');
    const server = newServer(['a']);
    pending.put([said('a')]);
    await sendReads(pending, server);
    expect(mergeReads([row('a')], pending.current())[0]?.isRead).toBe(true);
    expect(mergeReads(server.rows(), pending.current())[0]?.isRead).toBe(true);
    pending.drop(answeredReads(server.rows(), pending.current()));
    // Unread here, and settled elsewhere before the stream has said so.
    pending.put([{ id: 'a', isRead: false, saw: server.rows()[0]?.readAt ?? null }]);
    await sendReads(pending, server);
    expect(mergeReads([row('a', instantOfMs(9000))], pending.current())[0]?.isRead).toBe(true);
  });

  test('of a kind that a later version tells of is not shown', () => {
    expect(mergeReads([row('a', null, 'from_the_future')], [])).toEqual([]);
  });

  test('goes up in as few calls as may be, once, however many ask', async () => {
    const pending = openPendingReads(newMemory(), 'ada');
    const ids = Array.from({ length: 501 }, (_, index) => `n${index}`);
    const server = newServer(ids);
    pending.put(ids.map((id) => said(id)));
    await Promise.all([sendReads(pending, server), sendReads(pending, server)]);
    expect(server.calls.map((call) => call.length)).toEqual([500, 1]);
  });

  test('waits where the server is away, and is given up where it is never taken', async () => {
    const pending = openPendingReads(newMemory(), 'ada');
    pending.put([said('a')]);
    const refuse = (code: Code) => ({ setRead: () => Promise.reject(new ConnectError('no', code)) });
    await sendReads(pending, refuse(Code.Unavailable));
    expect(pending.current()).toHaveLength(1);
    await sendReads(pending, refuse(Code.InvalidArgument));
    expect(pending.current()).toEqual([]);
  });

  test('comes to what was said last of each, whenever it is sent and whenever the stream answers', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('say' as const), id: fc.constantFrom('a', 'b'), isRead: fc.boolean() }),
      fc.record({ kind: fc.constantFrom('send' as const, 'stream' as const, 'reload' as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const memory = newMemory();
        const server = newServer(['a', 'b']);
        let pending = openPendingReads(memory, 'ada');
        let down = server.rows();
        const last = new Map<string, boolean>();
        for (const one of steps) {
          if (one.kind === 'say') {
            const shown = mergeReads(down, pending.current()).find(({ id }) => id === one.id);
            if (shown === undefined || shown.isRead === one.isRead) continue;
            pending.put([{ id: one.id, isRead: one.isRead, saw: shown.readAt }]);
            last.set(one.id, one.isRead);
          }
          if (one.kind === 'send') await sendReads(pending, server);
          // A reload comes with what the stream has brought until then.
          if (one.kind !== 'say' && one.kind !== 'send') down = server.rows();
          pending.drop(answeredReads(down, pending.current()));
          if (one.kind === 'reload') pending = openPendingReads(memory, 'ada');
          for (const { id, isRead } of mergeReads(down, pending.current()))
            expect(isRead).toBe(last.get(id) ?? false);
        }
        await sendReads(pending, server);
        for (const { id, readAt } of server.rows()) expect(readAt !== null).toBe(last.get(id) ?? false);
        pending.drop(answeredReads(server.rows(), pending.current()));
        expect(pending.current()).toEqual([]);
      }),
      // Second thoughts, before the stream has brought the first one.
      {
        numRuns: 500,
        examples: [
          [
            [
              { kind: 'say', id: 'a', isRead: true },
              { kind: 'send' },
              { kind: 'say', id: 'a', isRead: false },
              { kind: 'reload' },
              { kind: 'send' },
            ],
          ],
        ],
      },
    );
  });
});
