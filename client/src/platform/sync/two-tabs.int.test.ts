import { afterEach, beforeEach, expect, it } from 'vitest';
import { recordOperation } from '#platform/operations/record-operation.ts';
import { createServerDouble, type ServerDouble } from '#platform/testing/server-double.ts';
import { openTestDevice, type TestDevice } from '#platform/testing/test-device.ts';
import { checkOut, gala, newStock } from '#platform/testing/test-stock.ts';
import { isSettled, startTestSync, type TestSync } from '#platform/testing/test-sync.ts';
import { createTestChannel, createTestLocks } from '#platform/testing/test-tabs.ts';
import { until } from '#platform/testing/until.ts';

let server: ServerDouble;
let device: TestDevice;
let first: TestSync;
let second: TestSync;
beforeEach(async () => {
  server = createServerDouble(newStock({ assetCount: 5 }));
  device = await openTestDevice(1, (url, init) => server.fetch(url, init));
  const locks = createTestLocks();
  const channel = createTestChannel();
  first = await startTestSync(device, server, { locks, siblings: channel.join() });
  await device.replica.waitForFirstSync();
  second = await startTestSync(device, server, { locks, siblings: channel.join() });
});
afterEach(async () => {
  expect([...first.problems, ...second.problems]).toEqual([]);
  await first.stop();
  await second.stop();
  await device.close();
});

const recordIn = async (tab: TestSync, number: number) => {
  const recorded = await recordOperation(tab.capabilities, checkOut(number, gala));
  if (!recorded.ok) throw new Error(recorded.error.problem);
};
const settled = () => until('everything is settled', () => isSettled(device.replica));

it('the tab that does not lead shows what the leading one knows, and what it records goes up', async () => {
  const isInStep = () => {
    const { isConnected, hasSynced } = second.state.current().download;
    return isConnected && hasSynced;
  };
  await until('the second tab is told', isInStep);
  await recordIn(second, 1);
  await until('the first tab is told', () => first.state.current().waitingCount === 1);
  await settled();
  for (const tab of [first, second])
    await until('both say so', () => {
      const { mode, sentCount } = tab.state.current();
      return mode === 'all_sent' && sentCount === 1;
    });
  expect(server.pushedIds).toHaveLength(1);
});

it('when the leading tab goes, the next one sends, and gets the verdicts', async () => {
  server.setLosesAnswers(true);
  await recordIn(first, 1);
  await until('the server has it', () => server.pushedIds.length > 0);
  await first.stop();
  server.setLosesAnswers(false);
  await recordIn(second, 2);
  await settled();
  expect(second.state.current().download.isConnected).toBe(true);
  expect(new Set(server.pushedIds).size).toBe(2);
});

it('kept offline in one tab, it is in both, and in both no more', async () => {
  await second.hold(true);
  await until('the first tab has stopped', () => {
    const { mode, download } = first.state.current();
    return mode === 'held' && !download.isConnected;
  });
  await recordIn(first, 1);
  await recordIn(second, 2);
  expect(server.pushedIds).toEqual([]);
  await first.hold(false);
  await settled();
  await until('the second tab knows', () => second.state.current().mode === 'all_sent');
});

it('a tab that somebody looks at makes the leading one try now', async () => {
  server.setReachable(false);
  await recordIn(first, 1);
  await until('the first tab was not answered', () => first.state.current().mode === 'unreachable');
  await until('the second tab knows', () => second.state.current().mode === 'unreachable');
  server.setReachable(true);
  second.wake();
  await settled();
  await until('both say so', () => [first, second].every((tab) => tab.state.current().mode === 'all_sent'));
});
