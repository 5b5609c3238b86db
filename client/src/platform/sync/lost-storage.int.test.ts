import { afterEach, beforeEach, expect, it } from 'vitest';
import { recordOperation } from '#platform/operations/record-operation.ts';
import { readDeviceState } from '#platform/replica/device-state.ts';
import { createServerDouble, type ServerDouble } from '#platform/testing/server-double.ts';
import { openTestDevice, type TestDevice } from '#platform/testing/test-device.ts';
import { checkOut, gala, newStock } from '#platform/testing/test-stock.ts';
import { startTestSync, type TestSync } from '#platform/testing/test-sync.ts';
import { until } from '#platform/testing/until.ts';

let server: ServerDouble;
let device: TestDevice;
let sync: TestSync;
beforeEach(async () => {
  server = createServerDouble(newStock({ assetCount: 9 }));
  device = await openTestDevice(1, (url, init) => server.fetch(url, init));
  sync = await startTestSync(device, server);
  await device.replica.waitForFirstSync();
});
afterEach(async () => {
  expect(sync.problems).toEqual([]);
  await sync.stop();
  await device.close();
});

const record = async (number: number) => {
  const recorded = await recordOperation(sync.capabilities, checkOut(number, gala));
  if (!recorded.ok) throw new Error(recorded.error.problem);
};
const epochOf = async ({ replica }: TestDevice) => (await readDeviceState(replica, ['epoch'])).epoch ?? '';
const restart = async (next: TestDevice) => {
  device = next;
  sync = await startTestSync(device, server);
};
/** Two scans reach the server, three do not; then the storage is gone. */
const loseThreeOfFive = async () => {
  await record(1);
  await record(2);
  await until('two are sent', () => sync.state.current().mode === 'all_sent');
  sync.setOnline(false);
  for (const number of [3, 4, 5]) await record(number);
  await sync.stop();
  const lost = await epochOf(device);
  device = await device.evict();
  return lost;
};

it('begins a new epoch under the same device id, and tells server and people what went with the old one', async () => {
  const { deviceId } = device;
  const lost = await loseThreeOfFive();
  server.setReachable(true);
  await restart(device);
  expect(device.deviceId).toBe(deviceId);
  expect(await epochOf(device)).not.toBe(lost);
  expect(sync.state.current().lostCount).toBe(3);
  await until('the server was told', () => server.reports.at(-1)?.lostStorages.length === 1);
  expect(server.reports.at(-1)).toMatchObject({
    epoch: await epochOf(device),
    lastSequence: 0,
    lostStorages: [{ epoch: lost, lastSequence: 5 }],
  });
});

it('tells the server until it has answered, and people until they have read it', async () => {
  const lost = await loseThreeOfFive();
  await restart(device);
  await sync.stop();
  await restart(await device.reopen());
  expect(sync.state.current().lostCount).toBe(3);
  sync.setOnline(true);
  await until('the server was told', () =>
    server.reports.some(({ lostStorages }) => lostStorages.length > 0),
  );
  await sync.stop();

  const toldCount = server.reports.length;
  await restart(await device.reopen());
  await until('there is another report', () => server.reports.length > toldCount);
  expect(server.reports.slice(toldCount).flatMap(({ lostStorages }) => lostStorages)).toEqual([]);
  expect(sync.state.current().lostCount).toBe(3);
  await sync.noteLossSeen();
  expect(sync.state.current().lostCount).toBeNull();
  expect((await readDeviceState(device.replica, ['lost_storages'])).lost_storages).toBe('[]');
  expect(lost).not.toBe(await epochOf(device));
});

it('tells of a loss again when the report did not arrive, without waiting for the next token', async () => {
  const lost = await loseThreeOfFive();
  server.setReachable(true);
  server.failReports(2);
  await restart(device);
  await until('the server was told', () =>
    server.reports.some(({ lostStorages }) => lostStorages.some(({ epoch }) => epoch === lost)),
  );
  await until('that is noted', async () => {
    const { lost_storages: losses } = await readDeviceState(device.replica, ['lost_storages']);
    return losses?.includes('"isTold":true') === true;
  });
});

it('a storage in which nothing was ever recorded is no loss', async () => {
  await sync.stop();
  await restart(await device.evict());
  await until('there is a report', () => server.reports.length > 1);
  expect(sync.state.current().lostCount).toBeNull();
  expect(server.reports.flatMap(({ lostStorages }) => lostStorages)).toEqual([]);
});

it('tells how the queue stands, with nothing to send too', async () => {
  await until('there is a report', () => server.reports.length > 0);
  expect(server.reports[0]).toMatchObject({
    queueLength: 0,
    oldestWaitingAt: null,
    lastSequence: 0,
    clockOffsetMs: 0,
    isStorageKept: true,
    lostStorages: [],
  });
});
