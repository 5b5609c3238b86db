import type { TenantId, UserId } from '@eventkit/shared/kernel/ids.ts';
import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import { isPermission, isRole } from '@eventkit/shared/permissions/roles.ts';
import { failureOf } from '#platform/rpc/failure-of.ts';
import type { RpcClients } from '#platform/rpc/rpc-clients.ts';
import type { Session } from './session.ts';

export type WhoAmIError = { readonly tag: 'signed_out' | 'no_answer'; readonly problem: string };

/** The person behind the session cookie, by the server's word. */
export async function askWhoIAm(
  auth: Pick<RpcClients['auth'], 'getMe'>,
): Promise<Result<Session, WhoAmIError>> {
  try {
    const me = await auth.getMe({});
    if (!isRole(me.role)) throw new Error(`this version knows no role ${me.role}`);
    return ok({
      userId: me.userId as UserId,
      tenantId: me.tenantId as TenantId,
      tenantName: me.tenantName,
      name: me.name,
      email: me.email,
      role: me.role,
      permissions: me.permissions.filter(isPermission),
      locale: me.locale,
      timeZone: me.timeZone,
      isRemembered: false,
    });
  } catch (error) {
    const { tag, problem } = failureOf(error);
    return err({ tag: tag === 'unauthenticated' ? 'signed_out' : 'no_answer', problem });
  }
}
