import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import type { DeviceId } from '@eventkit/shared/kernel/ids.ts';
import { type Instant, instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import type { BatchStore } from './batch-store.ts';
import { classifyFailure, messageOf, OperationFailure, Unavailable } from './classify-failure.ts';
import type { DeviceReport } from './device-progress-store.ts';
import type { Caller } from './people-store.ts';
import type { Problem } from './problem.ts';
import { type PushedOperation, type ReadOperation, readPushed } from './read-pushed.ts';
import { type DeviceRefusal, type OperationOutcome, type ReadBatch, storeBatch } from './store-batch.ts';

export type Stores = { readonly store: BatchStore; readonly clock: Pick<Clock, 'wallMs'> };

/** What one device sends at once, in the order of its numbering. Ids are canonical UUID text. */
export type PushedBatch = {
  readonly deviceId: DeviceId;
  readonly operations: readonly PushedOperation[];
  /** What the device tells of itself; null where it was not the device that brought them. */
  readonly report: DeviceReport | null;
  /** When they first came, where that was before now. */
  readonly receivedAt?: Instant;
  /** A device that is shut out hands in what it holds: all of it is kept for people to look at, and nothing is read. */
  readonly isHandedIn?: boolean;
};

/**
 * Takes a device's operations (rules of SPEC.md): each takes effect once, in one transaction for the whole batch, and
 * one that cannot be read or applied is kept and harms no other. Throws Unavailable where the batch has to come again.
 */
export async function applyBatch(
  { store, clock }: Stores,
  caller: Caller,
  batch: PushedBatch,
): Promise<Result<readonly OperationOutcome[], DeviceRefusal>> {
  const { deviceId, report, receivedAt = instantOfMs(clock.wallMs()), isHandedIn = false } = batch;
  const operations = batch.operations.map((pushed) => {
    const read = readPushed(pushed, deviceId);
    return isHandedIn ? { ...read, reading: err<Problem>({ kind: 'device_shut_out', detail: null }) } : read;
  });
  return storeOrIsolate(store, caller, { deviceId, operations, report, receivedAt, isHandedIn });
}

/** How often a batch that met another one in the way starts again before the device is asked to come later. */
const ATTEMPTS = 5;

async function storeOrIsolate(
  store: BatchStore,
  caller: Caller,
  batch: ReadBatch,
): Promise<Result<readonly OperationOutcome[], DeviceRefusal>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await store.inTransaction(caller, batch.deviceId, (tx) => storeBatch(tx, batch));
    } catch (error) {
      const kind = classifyFailure(error);
      if (kind === 'operation') return isolate(store, caller, batch, error);
      if (kind === 'unavailable' || attempt === ATTEMPTS) throw new Unavailable(error);
    }
  }
}

/** Sets the operation at fault aside; where nobody says which it is, halves the batch until one is left. */
async function isolate(
  store: BatchStore,
  caller: Caller,
  batch: ReadBatch,
  failure: unknown,
): Promise<Result<readonly OperationOutcome[], DeviceRefusal>> {
  const { operations } = batch;
  const [only] = operations;
  const culpritId = failure instanceof OperationFailure ? failure.operationId : null;
  if (culpritId !== null || operations.length === 1) {
    const isCulprit = ({ id }: ReadOperation) => id === (culpritId ?? only?.id);
    // Already set aside and still failing: keeping it is what fails.
    if (!operations.some((entry) => isCulprit(entry) && entry.reading.ok)) throw new Unavailable(failure);
    const rest = operations.map((entry) => (isCulprit(entry) ? setAside(entry, failure) : entry));
    return storeOrIsolate(store, caller, { ...batch, operations: rest });
  }
  const middle = Math.ceil(operations.length / 2);
  const first = await storeOrIsolate(store, caller, { ...batch, operations: operations.slice(0, middle) });
  if (!first.ok) return err(first.error);
  const second = await storeOrIsolate(store, caller, { ...batch, operations: operations.slice(middle) });
  return second.ok ? ok([...first.value, ...second.value]) : err(second.error);
}

function setAside(entry: ReadOperation, failure: unknown): ReadOperation {
  return { ...entry, reading: err({ kind: 'failed', detail: messageOf(failure) }) };
}
