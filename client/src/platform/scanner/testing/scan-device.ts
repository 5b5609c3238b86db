import type { Intent } from '@eventkit/shared/operations/operation.ts';
import { recordOperation } from '#platform/operations/record-operation.ts';
import type { Platform } from '#platform/platform.ts';
import { download, openTestDevice, type TestDevice } from '#platform/testing/test-device.ts';
import type { TableRows } from '#platform/testing/test-stock.ts';
import { newDepot } from './scan-depot.ts';

export type ScanDevice = TestDevice & {
  readonly recordOperation: Platform['recordOperation'];
  /** What was recorded, in order. */
  intents(): Promise<Intent[]>;
};

/** A real device database that holds the test depot. */
export async function openScanDevice(stock: readonly TableRows[] = newDepot()): Promise<ScanDevice> {
  const device = await openTestDevice();
  await download(device.replica, stock);
  return {
    ...device,
    recordOperation: (intent, files) => recordOperation(device.capabilities, intent, files),
    async intents() {
      const rows = await device.replica.getAll<{ operation: string }>(
        'SELECT operation FROM outbox ORDER BY sequence',
      );
      return rows.map((row) => (JSON.parse(row.operation) as { intent: Intent }).intent);
    },
  };
}
