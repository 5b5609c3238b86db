import { Code, ConnectError } from '@connectrpc/connect';
import type { PushFailure } from '#platform/sync/push.ts';
import { type Refusal, refusalOf } from './refusal-of.ts';

/**
 * What a call came to that threw. Where a Connect code leaves it open whether the server was reached, it counts as
 * unreachable.
 */
export function failureOf(thrown: unknown): PushFailure {
  const error = ConnectError.from(thrown);
  const problem = error.message;
  const refusal = refusalOf(error);
  if (refusal?.reason === 'device_revoked') return { tag: 'device_revoked', problem };
  // Too many at once is no fault of what was sent: it goes again after a pause, as to a server that was away.
  if (refusal?.reason === 'rate_limited') return { tag: 'unreachable', problem };
  if (isOfUnknownDevice(refusal)) return { tag: 'device_unknown', problem };
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

function isOfUnknownDevice(refusal: Refusal | null): boolean {
  if (refusal === null) return false;
  return (
    refusal.reason === 'device_unknown' || (refusal.reason === 'not_found' && refusal.field === 'device_id')
  );
}
