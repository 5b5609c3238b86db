import { describe, expect, it } from 'vitest';
import { isRole, may, permissions, permissionsOf, roles } from './roles.ts';

describe('roles', () => {
  it('an admin may everything, and nobody may what is not on the list', () => {
    expect(permissionsOf('admin')).toEqual(permissions);
    for (const role of roles) {
      expect(permissions).toEqual(expect.arrayContaining([...permissionsOf(role)]));
    }
  });

  it('the warehouse scans, and sees neither devices nor the audit trail', () => {
    expect(may('warehouse', 'scanning:write')).toBe(true);
    expect(may('warehouse', 'planning:extend')).toBe(true);
    expect(may('warehouse', 'planning:write')).toBe(false);
    expect(may('warehouse', 'devices:read')).toBe(false);
    expect(may('warehouse', 'audit:read')).toBe(false);
    expect(may('planner', 'audit:read')).toBe(false);
    expect(may('planner', 'devices:manage')).toBe(false);
  });

  it('are known by their exact name', () => {
    expect(isRole('planner')).toBe(true);
    for (const text of ['Planner', 'owner', '', 'constructor']) expect(isRole(text)).toBe(false);
  });
});
