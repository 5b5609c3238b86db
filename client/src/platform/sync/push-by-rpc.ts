import type { Client } from '@connectrpc/connect';
import { type SyncService, Verdict as WireVerdict } from '@eventkit/proto/gen/eventkit/v1/sync_pb.ts';
import type { OperationId } from '@eventkit/shared/kernel/ids.ts';
import { microsOf } from '@eventkit/shared/kernel/instant.ts';
import { err, ok } from '@eventkit/shared/kernel/result.ts';
import { failureOf } from '#platform/rpc/failure-of.ts';
import type { Push, PushAnswer } from './push.ts';

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
      return err(failureOf(error));
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
