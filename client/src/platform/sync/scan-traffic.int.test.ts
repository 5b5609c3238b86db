import { afterEach, beforeEach, expect, it } from 'vitest';
import { recordOperation } from '#platform/operations/record-operation.ts';
import { countLocks } from '#platform/testing/count-locks.ts';
import { createServerDouble, type ServerDouble } from '#platform/testing/server-double.ts';
import { openTestDevice, type TestDevice } from '#platform/testing/test-device.ts';
import { checkOut, gala, newStock } from '#platform/testing/test-stock.ts';
import { isSettled, startTestSync, type TestSync } from '#platform/testing/test-sync.ts';
import { until } from '#platform/testing/until.ts';

const SCAN_COUNT = 10;

let server: ServerDouble;
let device: TestDevice;
let sync: TestSync;
beforeEach(async () => {
  server = createServerDouble(newStock({ assetCount: SCAN_COUNT }));
  device = await openTestDevice(1, (url, init) => server.fetch(url, init));
  sync = await startTestSync(device, server);
  await device.replica.waitForFirstSync();
});
afterEach(async () => {
  expect(sync.problems).toEqual([]);
  await sync.stop();
  await device.close();
});

it('a scan that is sent, answered and settled asks for the database a few times only', async () => {
  const locks = countLocks(device.replica);
  let testReads = 0;
  for (let number = 1; number <= SCAN_COUNT; number++) {
    await recordOperation(sync.capabilities, checkOut(number, gala));
    await until('the bar says that all is sent', () => sync.state.current().mode === 'all_sent');
    testReads++;
    expect(await isSettled(device.replica)).toBe(true);
  }
  const { reads, writes } = locks.current();
  // The batch to push, the counts and whether guesses are out of date; each again where it comes in two parts.
  expect((reads - testReads) / SCAN_COUNT).toBeLessThanOrEqual(5);
  // The record, the answer, one for each line of the stream, now and then a guess made anew.
  expect(writes / SCAN_COUNT).toBeLessThanOrEqual(8);
});
