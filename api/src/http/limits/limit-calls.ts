import { createContextKey, type Interceptor } from '@connectrpc/connect';
import { AuthService } from '@eventkit/proto/gen/eventkit/v1/auth_pb.ts';
import { SyncService } from '@eventkit/proto/gen/eventkit/v1/sync_pb.ts';
import { principalKey } from '#http/caller.ts';
import { connectErrorOf } from '#http/connect-error-of.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { CallKind, RefusedCredentials } from './refused-credentials.ts';

/** Whose address a call comes from. */
export const clientAddressKey = createContextKey('unknown', { description: 'address of the client' });

/** What every device needs to send what it recorded and to hear the rest. */
const servicesOfDevices: readonly string[] = [SyncService.typeName, AuthService.typeName];

/** What counts calls. */
export type CallLimiter = Pick<RateLimiter, 'admitStranger' | 'admitPerson'>;

/** Refuses what is too much with `resource_exhausted`, and says when to come again. */
export function limitCalls(limiter: CallLimiter, refused: RefusedCredentials): Interceptor {
  return (next) => async (request) => {
    const principal = request.contextValues.get(principalKey);
    const admission =
      principal === null
        ? limiter.admitStranger(request.contextValues.get(clientAddressKey))
        : limiter.admitPerson(principal, kindOf(request));
    if (!admission.isAdmitted) {
      refused.note(request.header, kindOf(request), admission.retryAfterMs);
      throw connectErrorOf({ tag: 'rate_limited', retryAfterMs: admission.retryAfterMs });
    }
    return next(request);
  };
}

export function kindOf({ service }: { readonly service: { readonly typeName: string } }): CallKind {
  return servicesOfDevices.includes(service.typeName) ? 'devices' : 'screens';
}
