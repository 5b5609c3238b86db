import { type Client, Code, ConnectError } from '@connectrpc/connect';
import { type ErrorDetail, ErrorDetailSchema } from '@eventkit/proto/gen/eventkit/v1/error_pb.ts';
import { type SyncService, Verdict as WireVerdict } from '@eventkit/proto/gen/eventkit/v1/sync_pb.ts';
import type { OperationId } from '@eventkit/shared/kernel/ids.ts';
import { microsOf } from '@eventkit/shared/kernel/instant.ts';
import { err, ok } from '@eventkit/shared/kernel/result.ts';
import type { Push, PushAnswer, PushFailure } from './push.ts';

/** The server's Push as the uploader wants it. `appVersion` is shown to admins beside the device. */
export function createPushByRpc({
  sync,
  appVersion,
}: {
  readonly sync: Pick<Client<typeof SyncService>, 'push'>;
  readonly appVersion: string;
}): Push {
  return async ({ deviceId, operations, queueLength, oldestWaitingAt, lastSequence }, signal) => {
    try {
      const response = await sync.push(
        {
          deviceId,
          operations: operations.map(({ id, envelope }) => ({ id, envelope: new Uint8Array(envelope) })),
          queueLength,
          appVersion,
          lastSequence: BigInt(lastSequence),
          ...(oldestWaitingAt === null ? {} : { oldestWaitingAtMicros: microsOf(oldestWaitingAt) }),
        },
        { signal },
      );
      return ok(response.results.flatMap(answerOf));
    } catch (error) {
      return err(failureOf(ConnectError.from(error)));
    }
  };
}

/** An answer that this version does not know is no answer: the operation is sent again. */
function answerOf({
  id,
  verdict,
  reason,
}: {
  id: string;
  verdict: WireVerdict;
  reason: string;
}): PushAnswer[] {
  const known = verdictsByWire.get(verdict);
  if (known === undefined) return [];
  return [{ id: id as OperationId, verdict: known, reason: reason === '' ? null : reason }];
}

const verdictsByWire: ReadonlyMap<WireVerdict, PushAnswer['verdict']> = new Map([
  [WireVerdict.APPLIED, 'applied'],
  [WireVerdict.SUPERSEDED, 'superseded'],
  [WireVerdict.CONFLICTED, 'conflicted'],
  [WireVerdict.REFUSED, 'refused'],
  [WireVerdict.KEPT_UNREAD, 'kept_unread'],
]);

/** Where a Connect code leaves it open whether the server was reached, it counts as unreachable. */
export function failureOf(error: ConnectError): PushFailure {
  const problem = error.message;
  const [detail] = error.findDetails(ErrorDetailSchema);
  if (detail?.reason === 'device_revoked') return { tag: 'device_revoked', problem };
  if (isOfUnknownDevice(detail)) return { tag: 'device_unknown', problem };
  switch (error.code) {
    case Code.Unauthenticated:
      return { tag: 'unauthenticated', problem };
    case Code.PermissionDenied:
      return { tag: 'not_allowed', problem };
    case Code.InvalidArgument:
    case Code.OutOfRange:
      return { tag: 'not_taken', problem };
    case Code.Unavailable:
    case Code.DeadlineExceeded:
    case Code.Canceled:
    case Code.Aborted:
      return { tag: 'unreachable', problem };
    case Code.Unknown:
      return { tag: error.cause === undefined ? 'server_failed' : 'unreachable', problem };
    default:
      return { tag: 'server_failed', problem };
  }
}

function isOfUnknownDevice(detail: ErrorDetail | undefined): boolean {
  if (detail === undefined) return false;
  return (
    detail.reason === 'device_unknown' || (detail.reason === 'not_found' && detail.field === 'device_id')
  );
}
