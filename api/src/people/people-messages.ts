import type { MessageInitShape } from '@bufbuild/protobuf';
import type { PersonSchema, RoleChoice, RoleSchema } from '@eventkit/proto/gen/eventkit/v1/people_pb.ts';
import { microsOf } from '@eventkit/shared/kernel/instant.ts';
import {
  type BuiltInRole,
  isRole,
  permissionsByRole,
  permissionsOf,
} from '@eventkit/shared/permissions/roles.ts';
import type { PersonRow, StoredRole } from './people-store.ts';
import type { OwnRoleRow } from './role-store.ts';

export function personMessage(row: PersonRow): MessageInitShape<typeof PersonSchema> {
  const { id, name, email, ownRoleName, hasSignedIn, invitationSentAt, deactivatedAt } = row;
  return {
    id,
    name,
    email,
    role: roleChoiceMessage(row),
    ownRoleName: ownRoleName ?? '',
    locale: row.locale,
    hasSignedIn,
    ...(invitationSentAt === null ? {} : { invitationSentAtMicros: microsOf(invitationSentAt) }),
    ...(deactivatedAt === null ? {} : { deactivatedAtMicros: microsOf(deactivatedAt) }),
  };
}

export function builtInRoleMessage(
  role: BuiltInRole,
  holderCount: number,
): MessageInitShape<typeof RoleSchema> {
  const permissions = [...permissionsByRole[role]];
  return { choice: roleChoiceMessage({ role, ownRoleId: null }), permissions, holderCount };
}

export function ownRoleMessage(
  { id, name, permissions }: OwnRoleRow,
  holderCount: number,
): MessageInitShape<typeof RoleSchema> {
  return {
    choice: roleChoiceMessage({ role: 'custom', ownRoleId: id }),
    name,
    permissions: [...permissionsOf({ role: 'custom', customPermissions: permissions })],
    holderCount,
  };
}

/** What is stored for a choice; throws for what the proto file does not let through. */
export function storedRoleOf({ role }: RoleChoice): StoredRole {
  if (role.case === 'ownRoleId') return { role: 'custom', ownRoleId: role.value.toLowerCase() };
  if (role.case === undefined || role.value === 'custom' || !isRole(role.value))
    throw new Error('a role that was not looked at');
  return { role: role.value, ownRoleId: null };
}

function roleChoiceMessage({ role, ownRoleId }: StoredRole) {
  return {
    role:
      ownRoleId === null
        ? { case: 'builtIn' as const, value: role }
        : { case: 'ownRoleId' as const, value: ownRoleId },
  };
}
