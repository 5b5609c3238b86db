import type { Interceptor } from '@connectrpc/connect';
import type { Permission } from '@eventkit/shared/permissions/roles.ts';
import { type Principal, principalKey } from './caller.ts';
import { connectErrorOf } from './connect-error-of.ts';
import { permissionByRpc } from './permission-by-rpc.ts';

/** Lets a call through where its caller holds the permission that the table asks for. */
export const authorise: Interceptor = (next) => async (request) => {
  const principal = request.contextValues.get(principalKey);
  if (principal === null) throw connectErrorOf({ tag: 'not_signed_in' });
  const wanted = permissionByRpc[`${request.service.typeName}/${request.method.name}`];
  if (wanted === undefined) throw connectErrorOf({ tag: 'not_permitted' });
  if (!isPermitted(principal, wanted)) throw connectErrorOf({ tag: 'not_permitted' });
  return next(request);
};

function isPermitted(
  { permissions, apiKeyId }: Principal,
  wanted: Permission | 'signed_in' | 'person',
): boolean {
  if (wanted === 'signed_in') return true;
  return wanted === 'person' ? apiKeyId === undefined : permissions.includes(wanted);
}
