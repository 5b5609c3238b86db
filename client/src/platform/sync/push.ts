import type { DeviceId, OperationId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { Result } from '@eventkit/shared/kernel/result.ts';
import type { Verdict } from '@eventkit/shared/operations/operation.ts';

export type PushBatch = {
  readonly deviceId: DeviceId;
  /** In the order of their sequence. */
  readonly operations: readonly PushedOperation[];
  /** How many operations wait on the device after these. */
  readonly queueLength: number;
  /** When the oldest that waits was recorded; null where nothing waits after these. */
  readonly oldestWaitingAt: Instant | null;
  /** The last number that this device has given; 0 before the first. */
  readonly lastSequence: number;
};

export type PushedOperation = { readonly id: OperationId; readonly envelope: Uint8Array };

/** What the server said of one operation; kept_unread: it has the bytes and does not understand them yet. */
export type PushAnswer = {
  readonly id: OperationId;
  readonly verdict: Verdict | 'kept_unread';
  /** A key for words, null when plainly applied. */
  readonly reason: string | null;
};

/**
 * unreachable: no answer. unauthenticated: the server wants a sign-in. not_allowed: it knows who asks and says no.
 * device_revoked: this device may send no more. device_unknown: the server has forgotten it, as after a restored backup.
 * not_taken: it would not take these bytes, whenever they come. server_failed: it should work later.
 */
export type PushFailure = {
  readonly tag:
    | 'unreachable'
    | 'unauthenticated'
    | 'not_allowed'
    | 'device_revoked'
    | 'device_unknown'
    | 'not_taken'
    | 'server_failed';
  /** For the log, in the words of the machine. */
  readonly problem: string;
};

/** Sends a batch. Must give up when the signal says so; what cannot be foreseen may be thrown. */
export type Push = (
  batch: PushBatch,
  signal: AbortSignal,
) => Promise<Result<readonly PushAnswer[], PushFailure>>;
