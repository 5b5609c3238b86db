import type { ServiceImpl } from '@connectrpc/connect';
import { atOnceWithTenant, withTenant } from '@eventkit/database/tenant-transaction.ts';
import { together } from '@eventkit/database/together.ts';
import type { RoleService } from '@eventkit/proto/gen/eventkit/v1/people_pb.ts';
import type { NewId } from '@eventkit/shared/kernel/ids.ts';
import { grantablePermissions } from '@eventkit/shared/permissions/grantable-permissions.ts';
import { builtInRoles, permissions } from '@eventkit/shared/permissions/roles.ts';
import type pg from 'pg';
import { callerOf } from '#http/caller.ts';
import { orRefuse } from '#http/or-refuse.ts';
import { scopeOf } from '#http/scope-of.ts';
import { addRole, changeRole, removeRole } from './change-role.ts';
import { builtInRoleMessage, ownRoleMessage } from './people-messages.ts';
import { countHolders, listOwnRoles } from './role-store.ts';
import { trimmedName } from './trimmed-name.ts';

/** The roles of the caller's company. */
export function createRoleService({
  pool,
  newId,
}: {
  readonly pool: pg.Pool;
  readonly newId: NewId;
}): ServiceImpl<typeof RoleService> {
  return {
    async listRoles(_request, context) {
      const [own, counts] = await atOnceWithTenant(
        pool,
        scopeOf(callerOf(context)),
        (tx) => together([listOwnRoles(tx), countHolders(tx)]),
        { isReadOnly: true, keepsPlans: true },
      );
      return {
        roles: [
          ...builtInRoles.map((role) => builtInRoleMessage(role, counts.get(role) ?? 0)),
          ...own.map((role) => ownRoleMessage(role, counts.get(role.id) ?? 0)),
        ],
        permissions: [...permissions],
        grantablePermissions: [...grantablePermissions],
      };
    },

    async createRole(request, context) {
      const name = orRefuse(trimmedName(request.name));
      const role = { id: newId(), name, permissions: request.permissions };
      const added = orRefuse(
        await atOnceWithTenant(pool, scopeOf(callerOf(context)), (tx) => addRole(tx, role), {
          keepsPlans: true,
        }),
      );
      return { role: ownRoleMessage(added, 0) };
    },

    async updateRole({ roleId, name, permissions: given }, context) {
      const id = roleId.toLowerCase();
      const change = {
        ...(name === undefined ? {} : { name: orRefuse(trimmedName(name)) }),
        ...(given === undefined ? {} : { permissions: given.permissions }),
      };
      const role = await withTenant(pool, scopeOf(callerOf(context)), async (tx) =>
        ownRoleMessage(orRefuse(await changeRole(tx, id, change)), (await countHolders(tx)).get(id) ?? 0),
      );
      return { role };
    },

    async deleteRole({ roleId }, context) {
      const id = roleId.toLowerCase();
      await withTenant(pool, scopeOf(callerOf(context)), async (tx) => orRefuse(await removeRole(tx, id)));
      return {};
    },
  };
}
