import { encodeOperation } from '@eventkit/proto/operation-codec.ts';
import type { AssetId, DeviceId, OperationId, UserId } from '@eventkit/shared/kernel/ids.ts';
import { type Instant, instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import {
  type Intent,
  OPERATION_SCHEMA_VERSION,
  type Operation,
  type ScannedAsset,
} from '@eventkit/shared/operations/operation.ts';
import type { PushedOperation } from '#upload/read-pushed.ts';
import { uuidOf } from './upload-tenant.ts';

/** Numbers operations as a device does. Two devices with one name make the same ids. */
export type TestDevice = {
  /** The next operation; `at` is minutes after a fixed start, one more than the last where it is left out. */
  record(intent: Intent, changes?: Partial<Operation> & { at?: number }): Operation;
};

const START_MS = Date.UTC(2026, 10, 2, 8);

export function instantAt(minutes: number): Instant {
  return instantOfMs(START_MS + minutes * 60_000);
}

export function createTestDevice(
  deviceId: DeviceId,
  recordedBy: UserId,
  name: string = deviceId,
): TestDevice {
  const epoch = uuidOf(`${name} epoch`);
  let sequence = 0;
  let minutes = 0;
  return {
    record(intent, { at = minutes + 1, ...changes } = {}) {
      sequence += 1;
      minutes = at;
      return {
        id: uuidOf(`${name} operation ${sequence}`) as OperationId,
        deviceId,
        epoch,
        sequence,
        recordedAt: instantAt(at),
        wallClockAt: instantAt(at),
        clockOffsetMs: 0,
        recordedBy,
        schemaVersion: OPERATION_SCHEMA_VERSION,
        intent,
        ...changes,
      };
    },
  };
}

export function pushedOf(operation: Operation): PushedOperation {
  return { id: operation.id, envelope: encodeOperation(operation) };
}

/** Something that the device did not know anything about but its identity. */
export function scanned(assetId: AssetId): ScannedAsset {
  return { code: assetId, assetId, observed: null };
}
