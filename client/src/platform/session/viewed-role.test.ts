import type { TenantId, UserId } from '@eventkit/shared/kernel/ids.ts';
import { type BuiltInRole, builtInRoles, permissionsByRole } from '@eventkit/shared/permissions/roles.ts';
import { expect, it } from 'vitest';
import type { Session } from './session.ts';
import { seenAs } from './viewed-role.ts';

const sessionOf = (role: BuiltInRole): Session => ({
  ...{ userId: 'u-1' as UserId, tenantId: 't-1' as TenantId, tenantName: 'Nordlicht', name: 'Miriam' },
  ...{ email: 'm@nordlicht.test', role, locale: 'de', timeZone: 'Europe/Vienna', isRemembered: false },
  permissions: permissionsByRole[role],
});
const viewed = (role: BuiltInRole, userId = 'u-1') => ({
  ...{ userId: userId as UserId, name: role },
  permissions: permissionsByRole[role],
});

it.each(builtInRoles)('an admin sees the app as %s would', (role) => {
  expect(seenAs(sessionOf('admin'), viewed(role)).permissions).toEqual(permissionsByRole[role]);
});

it.each(builtInRoles.flatMap((held) => builtInRoles.map((role) => [held, role] as const)))(
  'who is %s and looks as %s gets nothing by it',
  (held, role) => {
    const { permissions } = seenAs(sessionOf(held), viewed(role));
    expect(permissionsByRole[held]).toEqual(expect.arrayContaining([...permissions]));
    expect(permissionsByRole[role]).toEqual(expect.arrayContaining([...permissions]));
  },
);

it('it ends with the person who does, and leaves who they are as it is', () => {
  const session = sessionOf('admin');
  expect(seenAs(session, null)).toBe(session);
  expect(seenAs(session, viewed('crew', 'u-2'))).toBe(session);
  expect(seenAs(session, viewed('crew'))).toEqual({ ...session, permissions: [] });
});
