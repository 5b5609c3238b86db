import { createClient } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-node';
import { PeopleService, RoleService } from '@eventkit/proto/gen/eventkit/v1/people_pb.ts';
import { builtInRoles, permissions, permissionsByRole } from '@eventkit/shared/permissions/roles.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerOf } from '#testing/answer-of.ts';
import { postRpc } from '#testing/post-rpc.ts';
import { startTestApi, type TestApi } from '#testing/start-test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const transport = () => createConnectTransport({ baseUrl: api.url, httpVersion: '1.1' });
const roles = () => createClient(RoleService, transport());
const people = () => createClient(PeopleService, transport());
const as = async (user: { readonly id: string; readonly email: string }) => ({
  headers: { authorization: `Bearer ${await api.provider.accessToken(user)}` },
});
const admin = () => as(api.companies[0].users.admin);

async function create(name: string, given: readonly string[] = [], by: 0 | 1 = 0) {
  const call = await as(api.companies[by].users.admin);
  const { role } = await roles().createRole({ name, permissions: [...given] }, call);
  if (role?.choice?.role.case !== 'ownRoleId') throw new Error('no role was made');
  return { id: role.choice.role.value, role };
}

async function refusalOf(call: Promise<unknown>) {
  const { code, detail } = await answerOf(call);
  if (code === 'ok') return { code };
  const { reason, field, holderNames, violations } = detail ?? {};
  return {
    code,
    reason,
    field,
    holderNames,
    rules: violations?.map((violation) => `${violation.field}: ${violation.rule}`),
  };
}

describe('roles', () => {
  test('are the built-in ones with what they give, then those of the company with how many hold them', async () => {
    const { id } = await create(' Stage hands ', ['scanning:write', 'inventory:read'], 1);
    const [, south] = api.companies;
    const call = await as(south.users.admin);
    await people().updatePerson(
      { personId: south.users.crew.id, role: { role: { case: 'ownRoleId', value: id } } },
      call,
    );
    const answer = await roles().listRoles({}, call);
    expect(answer.permissions).toEqual(permissions);
    expect(answer.grantablePermissions).toEqual(permissions.filter((one) => one !== 'users:manage'));
    const builtIn = answer.roles.slice(0, builtInRoles.length);
    expect(builtIn.map(({ choice }) => choice?.role.value)).toEqual(builtInRoles);
    for (const role of builtIn) {
      const key = role.choice?.role.value as keyof typeof permissionsByRole;
      expect(role.permissions).toEqual(permissionsByRole[key]);
      expect(role.holderCount).toBe(key === 'crew' ? 0 : 1);
    }
    expect(answer.roles.find(({ name }) => name === 'Stage hands')).toMatchObject({
      choice: { role: { case: 'ownRoleId', value: id } },
      permissions: ['inventory:read', 'scanning:write'],
      holderCount: 1,
    });
    const others = await roles().listRoles({}, await admin());
    expect(others.roles.map(({ name }) => name)).not.toContain('Stage hands');
  });

  test('have names of their own within the company, in capitals or not', async () => {
    const { id } = await create('Drivers');
    const taken = { code: 'AlreadyExists', reason: 'role_name_taken', field: 'name' };
    expect(await refusalOf(create('DRIVERS'))).toMatchObject(taken);
    await create('Riggers');
    const rename = async (name: string) => refusalOf(roles().updateRole({ roleId: id, name }, await admin()));
    expect(await rename('riggers')).toMatchObject(taken);
    expect(await rename('drivers')).toEqual({ code: 'ok' });
    const other = await as(api.companies[1].users.admin);
    expect(await refusalOf(roles().createRole({ name: 'Drivers' }, other))).toEqual({ code: 'ok' });
    expect(await refusalOf(create('  '))).toMatchObject({ code: 'InvalidArgument', field: 'name' });
    expect(await refusalOf(create('A\nB'))).toMatchObject({ code: 'InvalidArgument', field: 'name' });
  });

  test('give what there is, and never who may do what', async () => {
    expect(
      await refusalOf(create('Rockets', ['audit:read', 'rockets:launch', 'users:manage'])),
    ).toMatchObject({
      code: 'InvalidArgument',
      reason: 'invalid',
      rules: ['permissions[1]: permission.known', 'permissions[2]: permission.grantable'],
    });
    const { id } = await create('Rockets');
    const change = { roleId: id, permissions: { permissions: ['users:manage'] } };
    expect(await refusalOf(roles().updateRole(change, await admin()))).toMatchObject({
      rules: ['permissions.permissions[0]: permission.grantable'],
    });
  });

  test('changed count from the next call of who holds them', async () => {
    const { id } = await create('Looks', ['inventory:read']);
    const person = api.companies[0].users.sales;
    await people().updatePerson(
      { personId: person.id, role: { role: { case: 'ownRoleId', value: id } } },
      await admin(),
    );
    const token = await api.provider.accessToken(person);
    const list = async () =>
      (await postRpc(api.url, 'InventoryService/ListProducts', { bearer: token })).status;
    expect(await list()).toBe(200);
    const emptied = await roles().updateRole({ roleId: id, permissions: {} }, await admin());
    expect(emptied.role).toMatchObject({ name: 'Looks', permissions: [], holderCount: 1 });
    expect(await list()).toBe(403);
  });

  test('go when nobody holds them; until then it is said who does', async () => {
    const { id } = await create('Short-lived');
    const person = api.companies[0].users.planner;
    const give = async (role: { case: 'ownRoleId' | 'builtIn'; value: string }) =>
      people().updatePerson({ personId: person.id, role: { role } }, await admin());
    await give({ case: 'ownRoleId', value: id });
    await people().deactivatePerson({ personId: person.id }, await admin());
    const remove = async () => refusalOf(roles().deleteRole({ roleId: id }, await admin()));
    expect(await remove()).toMatchObject({
      code: 'FailedPrecondition',
      reason: 'role_held',
      field: 'role_id',
      holderNames: ['planner of north'],
    });
    await give({ case: 'builtIn', value: 'planner' });
    expect(await remove()).toEqual({ code: 'ok' });
    expect(await remove()).toMatchObject({ code: 'NotFound', field: 'role_id' });
  });

  test('given and deleted at once are one or the other', async () => {
    const call = await admin();
    for (let round = 0; round < 10; round += 1) {
      const { id } = await create(`Contested ${round}`);
      const personId = api.companies[0].users.read_only.id;
      const [given, deleted] = await Promise.all([
        refusalOf(
          people().updatePerson({ personId, role: { role: { case: 'ownRoleId', value: id } } }, call),
        ),
        refusalOf(roles().deleteRole({ roleId: id }, call)),
      ]);
      expect([given.code, deleted.code]).toEqual(
        given.code === 'ok' ? ['ok', 'FailedPrecondition'] : ['NotFound', 'ok'],
      );
    }
  });

  test('of another company answer as roles of nobody', async () => {
    const other = await as(api.companies[1].users.admin);
    const { id } = await create('Of the north');
    for (const roleId of [id, '01a00000-0000-7000-8000-0000000000aa'])
      for (const act of [
        () => roles().updateRole({ roleId, name: 'Taken' }, other),
        () => roles().deleteRole({ roleId }, other),
      ])
        expect(await refusalOf(act())).toMatchObject({
          code: 'NotFound',
          reason: 'not_found',
          field: 'role_id',
        });
  });
});
