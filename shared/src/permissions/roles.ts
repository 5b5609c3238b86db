/** What a person may do, as `<module>:<act>`. The one list: RPCs, operations, sync streams and screens refer to it. */
export const permissions = [
  'inventory:read',
  'planning:read',
  'planning:extend',
  'planning:write',
  'scanning:read',
  'scanning:write',
  'devices:read',
  'devices:manage',
  'audit:read',
] as const;
export type Permission = (typeof permissions)[number];

export const roles = ['admin', 'planner', 'warehouse'] as const;
export type Role = (typeof roles)[number];

const permissionsByRole: Readonly<Record<Role, readonly Permission[]>> = {
  admin: permissions,
  planner: [
    'inventory:read',
    'planning:read',
    'planning:extend',
    'planning:write',
    'scanning:read',
    'scanning:write',
    'devices:read',
  ],
  // Who scans a thing that no list asks for puts it on the list; what a planner wrote stays the planner's.
  warehouse: ['inventory:read', 'planning:read', 'planning:extend', 'scanning:read', 'scanning:write'],
};

export function isRole(text: string): text is Role {
  return (roles as readonly string[]).includes(text);
}

export function permissionsOf(role: Role): readonly Permission[] {
  return permissionsByRole[role];
}

export function may(role: Role, permission: Permission): boolean {
  return permissionsByRole[role].includes(permission);
}
