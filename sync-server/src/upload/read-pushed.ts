import { fromBinary } from '@bufbuild/protobuf';
import { OperationSchema } from '@eventkit/proto/gen/eventkit/v1/operation_pb.ts';
import { decodeOperation } from '@eventkit/proto/operation-codec.ts';
import { isUuid } from '@eventkit/shared/kernel/ids.ts';
import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import type { Operation } from '@eventkit/shared/operations/operation.ts';
import type { Problem } from './problem.ts';
import type { Numbered } from './stored-operations.ts';

/** An operation as it was pushed: a name and bytes. The id is canonical UUID text. */
export type PushedOperation = { readonly id: string; readonly envelope: Uint8Array };

/** A pushed operation and what its bytes say. */
export type ReadOperation = PushedOperation & {
  readonly reading: Result<Operation, Problem>;
  /** Its place in the device's numbering, where that much can be read. */
  readonly numbered: Numbered | null;
};

/** Reads the bytes of an operation that claims to come from this device. */
export function readPushed(pushed: PushedOperation, deviceId: string): ReadOperation {
  const decoded = decodeOperation(pushed.envelope);
  if (!decoded.ok) {
    const reading = err<Problem>({ kind: 'unreadable', detail: decoded.error.problem });
    return { ...pushed, reading, numbered: numberedOf(pushed, deviceId) };
  }
  const operation = decoded.value;
  if (operation.id !== pushed.id) {
    return { ...pushed, reading: err({ kind: 'other_id_inside', detail: operation.id }), numbered: null };
  }
  if (operation.deviceId !== deviceId) {
    const reading = err<Problem>({ kind: 'other_device_inside', detail: operation.deviceId });
    return { ...pushed, reading, numbered: null };
  }
  return { ...pushed, reading: ok(operation), numbered: operation };
}

/** What a later version of the app wrote still tells its number, so that it leaves no gap. */
function numberedOf({ id, envelope }: PushedOperation, deviceId: string): Numbered | null {
  try {
    const message = fromBinary(OperationSchema, envelope);
    const epoch = message.epoch.toLowerCase();
    const sequence = Number(message.sequence);
    const isOfDevice = message.id.toLowerCase() === id && message.deviceId.toLowerCase() === deviceId;
    if (!isOfDevice || !isUuid(epoch) || !Number.isSafeInteger(sequence) || sequence < 1) return null;
    return { id, epoch, sequence };
  } catch {
    // Damaged bytes have no number: the gap that they leave is the truth.
    return null;
  }
}
