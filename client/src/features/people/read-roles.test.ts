import { create } from '@bufbuild/protobuf';
import {
  InvitationDelivery,
  ListRolesResponseSchema,
  PersonSchema,
} from '@eventkit/proto/gen/eventkit/v1/people_pb.ts';
import { permissions } from '@eventkit/shared/permissions/roles.ts';
import { expect, test } from 'vitest';
import { choiceOf, readInvitation, readPerson } from './read-people.ts';
import { groupPermissions, readRoles } from './read-roles.ts';

test('every permission stands in one group, and a group stands once', () => {
  const groups = groupPermissions();
  expect(groups.flatMap(([, rows]) => rows).toSorted()).toEqual(permissions.toSorted());
  expect(new Set(groups.map(([module]) => module)).size).toBe(groups.length);
});

test('what a newer server gives and this app does not know is kept apart', () => {
  const { roles, grantable } = readRoles(
    create(ListRolesResponseSchema, {
      roles: [
        { choice: { role: { case: 'builtIn', value: 'crew' } } },
        {
          choice: { role: { case: 'ownRoleId', value: 'r1' } },
          name: 'Hands',
          permissions: ['scanning:write', 'rockets:launch'],
          holderCount: 2,
        },
      ],
      grantablePermissions: ['scanning:write', 'rockets:launch'],
    }),
  );
  expect(roles).toEqual([
    { id: 'crew', isOwn: false, name: '', permissions: new Set(), unknownPermissions: [], holderCount: 0 },
    {
      id: 'r1',
      isOwn: true,
      name: 'Hands',
      permissions: new Set(['scanning:write']),
      unknownPermissions: ['rockets:launch'],
      holderCount: 2,
    },
  ]);
  expect(grantable).toEqual(new Set(['scanning:write']));
});

test('a role goes to the server as it came', () => {
  for (const role of [
    { case: 'builtIn' as const, value: 'planner' },
    { case: 'ownRoleId' as const, value: '01a00000-0000-7000-8000-0000000000aa' },
  ])
    expect(choiceOf(readPerson(create(PersonSchema, { role: { role } })).roleId)).toEqual({ role });
});

test('an invitation that says nothing was not sent', () => {
  const invitation = { $typeName: 'eventkit.v1.Invitation', subject: '', text: 'Hello' } as const;
  const deliveryOf = (delivery: InvitationDelivery) =>
    readInvitation({ ...invitation, delivery }, 'a@b.test').delivery;
  expect(deliveryOf(InvitationDelivery.SENT)).toBe('sent');
  expect(deliveryOf(InvitationDelivery.NOT_SET_UP)).toBe('notSetUp');
  expect(deliveryOf(InvitationDelivery.FAILED)).toBe('failed');
  expect(deliveryOf(InvitationDelivery.UNSPECIFIED)).toBe('failed');
});
