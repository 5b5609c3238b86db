import { Code, ConnectError } from '@connectrpc/connect';
import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import { describe, expect, test } from 'vitest';
import type { PendingLayout } from './layout.ts';
import { openPendingLayouts } from './pending-layouts.ts';
import { sendLayouts } from './send-layouts.ts';

function newMemory() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}
const change = (key: string, name = key): PendingLayout => ({
  key,
  name,
  widgets: [{ kind: 'upcoming', days: 30, isWide: true }],
  changedAt: instantOfMs(1000),
  isDeleted: false,
  standsAt: null,
});
type Sent = { readonly key?: string; readonly name?: string; readonly changedAtMicros?: bigint };

/** A server that answers by what is asked of it. */
function serverThat(answer: (sent: Sent) => bigint) {
  const sent: Sent[] = [];
  const saveLayout = async (request: Sent) => {
    sent.push(request);
    return { $typeName: 'eventkit.v1.SaveLayoutResponse' as const, changedAtMicros: answer(request) };
  };
  return { sent, saveLayout };
}

describe('changes of layouts', () => {
  test('wait through a reload, and are sent once', async () => {
    const memory = newMemory();
    openPendingLayouts(memory, 'ada').put(change('first'));
    const pending = openPendingLayouts(memory, 'ada');
    expect(openPendingLayouts(memory, 'ben').current()).toEqual([]);
    const server = serverThat(() => 7n);
    await sendLayouts(pending, server);
    await sendLayouts(pending, server);
    expect(server.sent).toMatchObject([{ key: 'first', widgets: [{ kind: 1, days: 30, isWide: true }] }]);
    expect(openPendingLayouts(memory, 'ada').current()).toEqual([]);
  });

  test('stay where the server is away, and go on when it is back', async () => {
    const pending = openPendingLayouts(newMemory(), 'ada');
    pending.put(change('a'));
    pending.put(change('b'));
    await sendLayouts(pending, {
      saveLayout: () => Promise.reject(new ConnectError('away', Code.Unavailable)),
    });
    expect(pending.current()).toHaveLength(2);
    const server = serverThat(() => 7n);
    await sendLayouts(pending, server);
    expect(server.sent.map(({ key }) => key)).toEqual(['a', 'b']);
  });

  test('that the server never takes are given up, and hold up no others', async () => {
    const pending = openPendingLayouts(newMemory(), 'ada');
    pending.put(change('bad'));
    pending.put(change('good'));
    const server = serverThat(({ key }) => {
      if (key === 'bad') throw new ConnectError('no', Code.InvalidArgument);
      return 7n;
    });
    await sendLayouts(pending, server);
    expect(pending.current().map(({ key }) => key)).toEqual(['good']);
  });

  test('made while an earlier one is on its way are sent too', async () => {
    const pending = openPendingLayouts(newMemory(), 'ada');
    pending.put(change('a', 'old'));
    const server = serverThat(({ name }) => {
      if (name === 'old') pending.put(change('a', 'new'));
      return 7n;
    });
    await sendLayouts(pending, server);
    expect(server.sent.map(({ name }) => name)).toEqual(['old', 'new']);
    expect(pending.current()).toMatchObject([{ name: 'new', standsAt: instantOfMs(0.007) }]);
  });
});
