import type { Interceptor } from '@connectrpc/connect';
import { principalKey } from './caller.ts';
import { connectErrorOf } from './connect-error-of.ts';
import { permissionByRpc } from './permission-by-rpc.ts';

/** Lets a call through where its caller holds the permission that the table asks for. */
export const authorise: Interceptor = (next) => async (request) => {
  const principal = request.contextValues.get(principalKey);
  if (principal === null) throw connectErrorOf({ tag: 'not_signed_in' });
  const wanted = permissionByRpc[`${request.service.typeName}/${request.method.name}`];
  if (wanted === undefined) throw connectErrorOf({ tag: 'not_permitted' });
  if (wanted !== 'signed_in' && !principal.permissions.includes(wanted))
    throw connectErrorOf({ tag: 'not_permitted' });
  return next(request);
};
