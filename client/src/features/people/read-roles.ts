import type { ListRolesResponse } from '@eventkit/proto/gen/eventkit/v1/people_pb.ts';
import { isPermission, type Permission, permissions } from '@eventkit/shared/permissions/roles.ts';
import { type RoleId, roleIdOf } from './read-people.ts';

export type ShownRole = {
  readonly id: RoleId;
  readonly isOwn: boolean;
  /** Empty for a built-in one. */
  readonly name: string;
  readonly permissions: ReadonlySet<Permission>;
  /** What a newer server gives and this app does not know; saving must not take it away. */
  readonly unknownPermissions: readonly string[];
  readonly holderCount: number;
};

export type ShownRoles = {
  readonly roles: readonly ShownRole[];
  /** What a role of the company's own can give. */
  readonly grantable: ReadonlySet<Permission>;
};

export function readRoles({ roles, grantablePermissions }: ListRolesResponse): ShownRoles {
  return {
    roles: roles.map(({ choice, name, permissions: given, holderCount }) => ({
      id: roleIdOf(choice),
      isOwn: choice?.role.case === 'ownRoleId',
      name,
      permissions: new Set(given.filter(isPermission)),
      unknownPermissions: given.filter((permission) => !isPermission(permission)),
      holderCount,
    })),
    grantable: new Set(grantablePermissions.filter(isPermission)),
  };
}

export type PermissionModule =
  | 'inventory'
  | 'planning'
  | 'scanning'
  | 'maintenance'
  | 'stocktakes'
  | 'devices'
  | 'administration';

/** The permissions by what they are about, in the order of the one list. */
export function groupPermissions(): readonly (readonly [PermissionModule, readonly Permission[]])[] {
  return [...Map.groupBy(permissions, moduleOf)];
}

function moduleOf(permission: Permission): PermissionModule {
  const [module] = permission.split(':') as [Prefix<Permission>];
  return module === 'users' || module === 'settings' || module === 'audit' || module === 'api_keys'
    ? 'administration'
    : module;
}

type Prefix<P extends string> = P extends `${infer Module}:${string}` ? Module : never;
