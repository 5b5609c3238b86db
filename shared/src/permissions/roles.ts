/**
 * What a person may do, as `<module>:<act>`. The one list: RPCs, operations, sync streams and screens refer to it, and
 * companies make roles of their own from it.
 */
export const permissions = [
  'inventory:read',
  'inventory:write',
  'planning:read',
  'planning:extend',
  'planning:write',
  'scanning:read',
  'scanning:write',
  'maintenance:write',
  'stocktakes:approve',
  'devices:read',
  'devices:manage',
  'users:manage',
  'settings:manage',
  'api_keys:manage',
  'audit:read',
] as const;
export type Permission = (typeof permissions)[number];

/** The one table of who may do what. */
export const permissionsByRole = {
  admin: permissions,
  /** Everything of the daily work; who may do it, and on which devices, is the admin's. */
  manager: [
    'inventory:read',
    'inventory:write',
    'planning:read',
    'planning:extend',
    'planning:write',
    'scanning:read',
    'scanning:write',
    'maintenance:write',
    'stocktakes:approve',
    'devices:read',
    'audit:read',
  ],
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
  warehouse: [
    'inventory:read',
    'inventory:write',
    'planning:read',
    'planning:extend',
    'scanning:read',
    'scanning:write',
    'maintenance:write',
    'stocktakes:approve',
  ],
  sales: ['inventory:read', 'planning:read'],
  /** Sees the events that it is assigned to, so nothing of the others. */
  crew: [],
  read_only: ['inventory:read', 'planning:read', 'scanning:read'],
} as const satisfies Readonly<Record<string, readonly Permission[]>>;

/** The roles that every company has. */
export type BuiltInRole = keyof typeof permissionsByRole;
export const builtInRoles = Object.keys(permissionsByRole) as readonly BuiltInRole[];

/** `custom` is a role that the company made for itself. */
export type Role = BuiltInRole | 'custom';

/** The role of a person as it is stored: beside `custom` stand the permissions of that role. */
export type HeldRole = {
  readonly role: Role;
  readonly customPermissions: readonly string[] | null;
};

export function isRole(text: string): text is Role {
  return text === 'custom' || Object.hasOwn(permissionsByRole, text);
}

export function isPermission(text: string): text is Permission {
  return (permissions as readonly string[]).includes(text);
}

/** In the order of the list. What a later version named, and this one does not know, gives nothing. */
export function permissionsOf({ role, customPermissions }: HeldRole): readonly Permission[] {
  if (role !== 'custom') return permissionsByRole[role];
  return permissions.filter((permission) => customPermissions?.includes(permission) === true);
}
