import { createPool } from '@eventkit/database/pool.ts';
import { SyncHealthService } from '@eventkit/proto/gen/eventkit/v1/sync_health_pb.ts';
import { SyncService } from '@eventkit/proto/gen/eventkit/v1/sync_pb.ts';
import { builtInRoles, permissionsOf } from '@eventkit/shared/permissions/roles.ts';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { permissionByRpc } from '#http/permission-by-rpc.ts';
import { postRpc } from '#testing/post-rpc.ts';
import { startTestApi, type TestApi } from '#testing/start-test-api.ts';

let api: TestApi;
let owner: pg.Pool;
beforeAll(async () => {
  // What the sync server answers is asked elsewhere; here it counts who gets as far as being answered.
  api = await startTestApi(() => ({
    registerServices: (router) => router.service(SyncService, {}).service(SyncHealthService, {}),
  }));
  owner = createPool({ url: api.ownerUrl, role: 'owner', max: 1, applicationName: 'rights test' });
});
afterAll(async () => {
  await owner.end();
  await api.stop();
});

async function codeOf(rpc: string, token: string | null): Promise<string> {
  const answer = await postRpc(api.url, rpc, token === null ? {} : { bearer: token });
  return answer.ok ? 'ok' : ((await answer.json()) as { code: string }).code;
}

const rpcs = Object.entries(permissionByRpc).map(
  ([rpc, wanted]) => [rpc.replace(/^eventkit\.v1\./, ''), wanted] as const,
);

describe.each(builtInRoles)('%s', (role) => {
  test.each(rpcs)('%s is refused where the table says so, and nowhere else', async (rpc, wanted) => {
    const held = permissionsOf({ role, customPermissions: null });
    const isHeld =
      wanted === 'signed_in' || wanted === 'person' || (wanted !== 'lease' && held.includes(wanted));
    const token = await api.provider.accessToken(api.companies[0].users[role]);
    const code = await codeOf(rpc, token);
    expect(code === 'permission_denied').toBe(!isHeld);
    expect(code).not.toBe('unauthenticated');
  });
});

test.each(rpcs)('%s asks who is there', async (rpc) => {
  expect(await codeOf(rpc, null)).toBe('unauthenticated');
});

describe('a role of the company', () => {
  const meOf = async (token: string) =>
    (await (await postRpc(api.url, 'AuthService/GetMe', { bearer: token })).json()) as {
      role: string;
      permissions?: string[];
    };

  test('gives what it names, from the moment at which it does', async () => {
    const person = api.companies[0].users.crew;
    const token = await api.provider.accessToken(person);
    const rpc = 'InventoryService/ListProducts';
    expect(await codeOf(rpc, token)).toBe('permission_denied');
    await owner.query(
      `WITH made AS (
         INSERT INTO roles (tenant_id, id, name, permissions)
         VALUES ($1, gen_random_uuid(), 'Looks at stock', '{inventory:read,rockets:launch}')
         RETURNING tenant_id, id
       )
       UPDATE users SET role = 'custom', custom_role_id = made.id FROM made
       WHERE users.tenant_id = made.tenant_id AND users.id = $2`,
      [api.companies[0].tenantId, person.id],
    );
    expect(await codeOf(rpc, token)).toBe('ok');
    expect(await meOf(token)).toMatchObject({ role: 'custom', permissions: ['inventory:read'] });
    await owner.query(`UPDATE roles SET permissions = '{}' WHERE tenant_id = $1`, [
      api.companies[0].tenantId,
    ]);
    expect(await codeOf(rpc, token)).toBe('permission_denied');
  });

  test('is not to be had from another company', async () => {
    const [own, other] = api.companies;
    await owner.query(
      `INSERT INTO roles (tenant_id, id, name, permissions) VALUES ($1, $1, 'Theirs', '{audit:read}')`,
      [other.tenantId],
    );
    await expect(
      owner.query(`UPDATE users SET role = 'custom', custom_role_id = $1 WHERE id = $2`, [
        other.tenantId,
        own.users.sales.id,
      ]),
    ).rejects.toThrow(/foreign key/);
  });
});
