import { readOperationsFile } from '@eventkit/proto/operations-file.ts';
import type { TenantId } from '@eventkit/shared/kernel/ids.ts';
import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { recordOperation } from '#platform/operations/record-operation.ts';
import { readDeviceState } from '#platform/replica/device-state.ts';
import { download, openTestDevice, type TestDevice } from '#platform/testing/test-device.ts';
import { idOf } from '#platform/testing/test-ids.ts';
import { checkOut, gala, newStock } from '#platform/testing/test-stock.ts';
import { exportUnsent, webSha256 } from './export-unsent.ts';

let device: TestDevice;
beforeEach(async () => {
  device = await openTestDevice();
  await download(device.replica, newStock({ assetCount: 9 }));
});
afterEach(() => device.close());

const header = () => ({
  tenantId: idOf(50, 1) as TenantId,
  deviceId: device.deviceId,
  deviceName: 'Dock 2',
  appVersion: '1',
  madeAt: instantOfMs(5_000),
});
const exported = async () => {
  const { text, count } = await exportUnsent(device.replica, { ...header(), sha256: webSha256 });
  const read = await readOperationsFile(new TextEncoder().encode(text), webSha256);
  if (!read.ok) throw new Error(read.error.kind);
  return { count, file: read.value };
};

it('holds what the server has not taken, in order and with the bytes that would be sent, and takes nothing away', async () => {
  for (const number of [1, 2, 3, 4, 5]) {
    const recorded = await recordOperation(device.capabilities, checkOut(number, gala));
    expect(recorded.ok).toBe(true);
  }
  const states = ['answered', 'waiting', 'kept_unread', 'not_taken', 'waiting'];
  for (const [index, state] of states.entries()) {
    await device.replica.execute('UPDATE outbox SET state = ? WHERE sequence = ?', [state, index + 1]);
  }
  const { count, file } = await exported();
  const rows = await device.replica.getAll<{ id: string; envelope: Uint8Array }>(
    'SELECT operation_id AS id, envelope FROM outbox ORDER BY sequence',
  );
  expect(rows).toHaveLength(5);
  expect(count).toBe(4);
  const { epoch } = await readDeviceState(device.replica, ['epoch']);
  expect(file).toMatchObject({ ...header(), epoch, isWhole: true });
  expect(file.operations.map(({ sequence }) => sequence)).toEqual([2, 3, 4, 5]);
  expect(file.operations.map(({ id, envelope }) => [id, [...envelope]])).toEqual(
    rows.slice(1).map(({ id, envelope }) => [id, [...envelope]]),
  );
});

it('is an empty file where all has gone up', async () => {
  expect(await exported()).toMatchObject({ count: 0, file: { operations: [], isWhole: true } });
});
