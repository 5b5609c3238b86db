import type { Interceptor } from '@connectrpc/connect';
import { type Principal, principalKey } from './caller.ts';
import { connectErrorOf } from './connect-error-of.ts';
import { leaseHolderKey } from './lease-holder.ts';
import { permissionByRpc, type WantedOfCaller } from './permission-by-rpc.ts';

/** Lets a call through where its caller holds the permission that the table asks for. */
export const authorise: Interceptor = (next) => async (request) => {
  const principal = request.contextValues.get(principalKey);
  const wanted = permissionByRpc[`${request.service.typeName}/${request.method.name}`];
  if (wanted === 'lease' && request.contextValues.get(leaseHolderKey) !== null) return next(request);
  if (principal === null) throw connectErrorOf({ tag: 'not_signed_in' });
  if (wanted === undefined) throw connectErrorOf({ tag: 'not_permitted' });
  if (!isPermitted(principal, wanted)) throw connectErrorOf({ tag: 'not_permitted' });
  return next(request);
};

function isPermitted({ permissions, apiKeyId }: Principal, wanted: WantedOfCaller): boolean {
  if (wanted === 'signed_in') return true;
  if (wanted === 'lease') return false;
  return wanted === 'person' ? apiKeyId === undefined : permissions.includes(wanted);
}
