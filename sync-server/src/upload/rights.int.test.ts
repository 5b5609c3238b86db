import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import type { Intent } from '@eventkit/shared/operations/operation.ts';
import { rightByOperation } from '@eventkit/shared/permissions/permission-by-operation.ts';
import { builtInRoles, type Permission, permissionsByRole } from '@eventkit/shared/permissions/roles.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scanned } from './testing/test-device.ts';
import { openUploadDatabase, push, type UploadDatabase } from './testing/upload-database.ts';
import { openTrial } from './testing/upload-trial.ts';

let database: UploadDatabase;
beforeAll(async () => {
  database = await openUploadDatabase();
});
afterAll(() => database.close());

const others: Readonly<Record<string, readonly Permission[]>> = {
  'scans only': ['scanning:write'],
  'mends only': ['maintenance:write'],
  'retires only': ['inventory:write'],
};
const holders: readonly (readonly [string, readonly Permission[]])[] = [
  ...builtInRoles.map((role) => [role, permissionsByRole[role]] as const),
  ...Object.entries(others),
];

describe.each(holders)('%s', (name, permissions) => {
  test('[UP15] does what the table says, and what is refused leaves no trace', async () => {
    const { tenant, device, deviceId, asset, event, ledger } = await openTrial(database, `rights ${name}`);
    const other = scanned(tenant.assetIds[1] as AssetId);
    const thing = scanned(asset);
    const tried = [
      { kind: 'check_out', asset: thing, eventId: event, overrideReason: null },
      { kind: 'quarantine', asset: thing, reason: 'hums' },
      { kind: 'repair_start', asset: thing, note: null },
      { kind: 'repair_done', asset: thing, note: null, inspectionDueAt: null },
      { kind: 'quarantine', asset: other, reason: 'cracked' },
      { kind: 'release', asset: other, note: null },
      { kind: 'retire', asset: other, reason: 'sold' },
    ] as const satisfies readonly Intent[];
    const caller = { ...tenant.caller, permissions };
    const outcomes = await push(
      database.pool,
      caller,
      deviceId,
      tried.map((intent) => device.record(intent)),
    );
    const lacks = tried.map(({ kind }) => !permissions.includes(rightByOperation[kind].permission));
    for (const [index, { kind }] of tried.entries()) {
      const isRefused = lacks[index] === true && rightByOperation[kind].without === 'refused';
      expect(outcomes[index]?.verdict === 'refused', kind).toBe(isRefused);
      expect(outcomes[index]?.reason === 'no_permission', kind).toBe(lacks[index]);
    }
    const refused = outcomes.filter(({ verdict }) => verdict === 'refused').length;
    expect((await ledger()).movements).toHaveLength(tried.length - refused);
  });
});

test('[UP15] to take a decision back asks for the same right as to make it', async () => {
  const { tenant, device, deviceId, asset, ledger } = await openTrial(database, 'undo of decisions');
  const scansOnly = { ...tenant.caller, permissions: ['scanning:write'] as const };
  const as = (caller: typeof tenant.caller, operation: ReturnType<typeof device.record>) =>
    push(database.pool, caller, deviceId, [operation]);
  const retired = device.record({ kind: 'retire', asset: scanned(asset), reason: 'sold' });
  const undo = () => device.record({ kind: 'undo', operationId: retired.id });
  expect(await as(tenant.caller, retired)).toMatchObject([{ verdict: 'applied', reason: null }]);
  expect(await as(scansOnly, undo())).toMatchObject([{ verdict: 'refused', reason: 'no_permission' }]);
  expect((await ledger()).movements).toHaveLength(1);
  expect(await as(tenant.caller, undo())).toMatchObject([{ verdict: 'applied', reason: null }]);
});

test('[UP15] who holds a role of the company may what that role names today', async () => {
  const { device, asset, otherUserId, send, query } = await openTrial(database, 'own role');
  await query(
    `WITH made AS (
       INSERT INTO roles (tenant_id, id, name, permissions)
       VALUES ($1, gen_random_uuid(), 'Mender', '{maintenance:write,rockets:launch}') RETURNING tenant_id, id
     )
     UPDATE users SET role = 'custom', custom_role_id = made.id FROM made
     WHERE users.tenant_id = made.tenant_id AND users.email LIKE 'user2@%'`,
  );
  const byColleague = (intent: Intent) => device.record(intent, { recordedBy: otherUserId });
  const release = { kind: 'release', asset: scanned(asset), note: null } as const;
  expect(
    await send([
      byColleague({ kind: 'quarantine', asset: scanned(asset), reason: 'hums' }),
      byColleague(release),
      byColleague({ kind: 'retire', asset: scanned(asset), reason: 'sold' }),
    ]),
  ).toMatchObject([
    { verdict: 'applied', reason: 'no_permission' },
    { verdict: 'applied', reason: 'person_unproven' },
    { verdict: 'refused', reason: 'no_permission' },
  ]);
  await query(`UPDATE roles SET permissions = '{inventory:write}' WHERE tenant_id = $1`);
  expect(
    await send([
      byColleague(release),
      byColleague({ kind: 'retire', asset: scanned(asset), reason: 'sold' }),
    ]),
  ).toMatchObject([
    { verdict: 'refused', reason: 'no_permission' },
    { verdict: 'applied', reason: 'person_unproven' },
  ]);
});
