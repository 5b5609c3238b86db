import { describe, expect, it } from 'vitest';
import {
  builtInRoles,
  isPermission,
  isRole,
  permissions,
  permissionsByRole,
  permissionsOf,
} from './roles.ts';

const ofCustom = (customPermissions: readonly string[] | null) =>
  permissionsOf({ role: 'custom', customPermissions });

describe('roles', () => {
  it('an admin may everything, and nobody may what is not on the list', () => {
    expect(permissionsByRole.admin).toEqual(permissions);
    for (const role of builtInRoles)
      expect(permissions).toEqual(expect.arrayContaining([...permissionsByRole[role]]));
  });

  it('are the seven that companies ask for', () => {
    expect(builtInRoles).toEqual(['admin', 'manager', 'planner', 'warehouse', 'sales', 'crew', 'read_only']);
  });

  it('the warehouse scans, and sees neither devices nor the audit trail', () => {
    expect(permissionsByRole.warehouse).toEqual(
      expect.arrayContaining(['scanning:write', 'planning:extend']),
    );
    for (const permission of ['planning:write', 'devices:read', 'audit:read', 'users:manage'])
      expect(permissionsByRole.warehouse).not.toContain(permission);
  });

  it('who only reads changes nothing, and the crew sees nothing of the whole company', () => {
    expect(permissionsByRole.read_only.every((permission) => permission.endsWith(':read'))).toBe(true);
    expect(permissionsByRole.sales.every((permission) => permission.endsWith(':read'))).toBe(true);
    expect(permissionsByRole.crew).toEqual([]);
  });

  it('only an admin says who may do what', () => {
    const managing = builtInRoles.filter((role) =>
      permissionsOf({ role, customPermissions: null }).includes('users:manage'),
    );
    expect(managing).toEqual(['admin']);
  });

  it('of a company give what they name, as far as this version knows it', () => {
    expect(ofCustom(['scanning:write', 'rockets:launch', 'inventory:read'])).toEqual([
      'inventory:read',
      'scanning:write',
    ]);
    expect(ofCustom([])).toEqual([]);
    expect(ofCustom(null)).toEqual([]);
  });

  it('are known by their exact name', () => {
    expect(isRole('planner')).toBe(true);
    expect(isRole('custom')).toBe(true);
    for (const text of ['Planner', 'owner', '', 'constructor']) expect(isRole(text)).toBe(false);
    expect(isPermission('audit:read')).toBe(true);
    for (const text of ['audit', 'audit:*', '', 'constructor']) expect(isPermission(text)).toBe(false);
  });
});
