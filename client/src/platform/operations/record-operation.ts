import { encodeOperation, LARGEST_ENVELOPE_BYTES } from '@eventkit/proto/operation-codec.ts';
import { nextInstant } from '@eventkit/shared/kernel/clock.ts';
import type { DeviceId, NewId, OperationId, UserId } from '@eventkit/shared/kernel/ids.ts';
import { type Instant, instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import {
  type Intent,
  OPERATION_SCHEMA_VERSION,
  type Operation,
} from '@eventkit/shared/operations/operation.ts';
import type { WorkingSet } from '@eventkit/shared/operations/working-set.ts';
import { queueAttachments } from '#platform/attachments/attachment-queue-store.ts';
import type { TakenAttachment } from '#platform/attachments/taken-attachment.ts';
import { readDeviceState, writeDeviceState } from '#platform/replica/device-state.ts';
import type { Replica, ReplicaTransaction } from '#platform/replica/replica.ts';
import { failedForRoom, type HasRoom } from '#platform/replica/storage-problem-cause.ts';
import type { CorrectedClock } from '#platform/sync/corrected-clock.ts';
import type { FindDeciding } from './deciding.ts';
import { factInstantsOf } from './fact-instants.ts';
import { loadWorkingSet } from './load-working-set.ts';
import type { RecordError, RecordedOperation } from './recorded-operation.ts';
import { writeOverlay } from './write-overlay.ts';

export type RecordCapabilities = {
  readonly replica: Replica;
  readonly findDeciding: FindDeciding;
  readonly clock: CorrectedClock;
  readonly newId: NewId;
  readonly identity: { readonly deviceId: DeviceId; readonly userId: UserId };
  /** Puts the proof of who it was behind what is recorded; absent where the sender's own word is enough. */
  readonly prove?: ((content: Uint8Array) => Promise<Uint8Array>) | undefined;
  /** Hears of each operation after its commit and before whoever recorded it. */
  readonly onRecorded?: (operation: Operation) => void;
  /** Asked after a failure that may be for want of room; without it only errors that say so count as that. */
  readonly hasRoom?: HasRoom;
};

/**
 * Records what was meant together with what it does, in one transaction: number it, stamp it, decide it, queue it.
 * The bytes of the attachments that the intent names come as `files` and are kept in that transaction too. Resolves
 * after the commit; on an error nothing of it is left behind.
 */
export async function recordOperation(
  { replica, findDeciding, clock, newId, identity, prove, onRecorded, hasRoom }: RecordCapabilities,
  intent: Intent,
  files: readonly TakenAttachment[] = [],
): Promise<Result<RecordedOperation, RecordError>> {
  let recorded: RecordedOperation;
  try {
    // Before the transaction, which holds up everything else that is written.
    const { readsOf, decide } = await findDeciding([intent.kind]);
    recorded = await replica.writeTransaction(async (tx) => {
      const numbered = await nextOperation(tx, { clock, newId, identity }, intent);
      const workingSet = await loadWorkingSet(tx, readsOf(numbered));
      const operation = afterAllSeen(numbered, workingSet);
      const decision = decide(operation, workingSet, {
        effectiveAt: operation.recordedAt,
        receivedAt: null,
      });
      await queue(tx, operation, prove);
      await queueAttachments(tx, operation, files);
      await writeOverlay(tx, operation.id, decision.effects);
      return { operation, decision };
    });
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return err({ tag: (await failedForRoom(error, hasRoom)) ? 'storage_full' : 'storage_failed', problem });
  }
  onRecorded?.(recorded.operation);
  return ok(recorded);
}

/** The next number of this storage, at an instant after everything this device issued. */
async function nextOperation(
  tx: ReplicaTransaction,
  { clock, newId, identity }: Pick<RecordCapabilities, 'clock' | 'newId' | 'identity'>,
  intent: Intent,
): Promise<Operation> {
  const state = await readDeviceState(tx, ['device_id', 'epoch', 'last_sequence', 'last_issued_at']);
  if (state.epoch === null || state.device_id !== identity.deviceId) {
    throw new Error(`the replica belongs to device ${state.device_id}, not to ${identity.deviceId}`);
  }
  return {
    id: newId() as OperationId,
    deviceId: identity.deviceId,
    epoch: state.epoch,
    sequence: Number(state.last_sequence) + 1,
    recordedAt: nextInstant(clock.nowMs(), [state.last_issued_at as Instant | null]),
    wallClockAt: instantOfMs(clock.wallMs()),
    clockOffsetMs: clock.offsetMs(),
    recordedBy: identity.userId,
    schemaVersion: OPERATION_SCHEMA_VERSION,
    intent,
  };
}

/** What the device knows of these things happened before this, whatever the clocks of other devices said. */
function afterAllSeen(operation: Operation, workingSet: WorkingSet): Operation {
  const seen = [
    ...[...workingSet.movementsByAssetId.values()].flat().map(({ effectiveAt }) => effectiveAt),
    ...factInstantsOf(workingSet),
  ];
  const isAfter = seen.every((effectiveAt) => effectiveAt < operation.recordedAt);
  return isAfter ? operation : { ...operation, recordedAt: nextInstant(0, seen) };
}

/** In line to be sent; the counters follow, so that no number is given twice or left out. */
async function queue(
  tx: ReplicaTransaction,
  operation: Operation,
  prove: RecordCapabilities['prove'],
): Promise<void> {
  const content = encodeOperation(operation);
  const envelope = prove === undefined ? content : await prove(content);
  if (envelope.byteLength > LARGEST_ENVELOPE_BYTES) {
    throw new Error(`${operation.intent.kind} of ${envelope.byteLength} bytes, more than can be sent`);
  }
  await tx.execute(
    `INSERT INTO outbox (sequence, operation_id, kind, envelope, operation, recorded_at, recorded_by)
      VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [
      operation.sequence,
      operation.id,
      operation.intent.kind,
      envelope,
      JSON.stringify(operation),
      operation.recordedAt,
      operation.recordedBy,
    ],
  );
  await writeDeviceState(tx, {
    last_sequence: String(operation.sequence),
    last_issued_at: operation.recordedAt,
  });
}
