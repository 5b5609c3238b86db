import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { withPersonProof } from '@eventkit/proto/person-proof.ts';
import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import type { Operation } from '@eventkit/shared/operations/operation.ts';
import type { Permission } from '@eventkit/shared/permissions/roles.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { instantAt, pushedOf, scanned } from './testing/test-device.ts';
import { openUploadDatabase, push, type UploadDatabase } from './testing/upload-database.ts';
import { checkOut, openTrial } from './testing/upload-trial.ts';

let database: UploadDatabase;
beforeAll(async () => {
  database = await openUploadDatabase();
});
afterAll(() => database.close());

/** A shared device with the second person of the company enrolled on it. */
async function openShared(name: string, { endedAt }: { readonly endedAt?: string } = {}) {
  const trial = await openTrial(database, name);
  const { tenant, deviceId, userId, otherUserId } = trial;
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const enrolmentId = randomUUID();
  const run = (text: string, ...values: unknown[]) =>
    database.ownerPool.query(text, [tenant.tenantId, ...values]);
  await run(`UPDATE devices SET shared_since = '2026-11-01Z' WHERE tenant_id = $1 AND id = $2`, deviceId);
  await run(
    `INSERT INTO badges (tenant_id, id, user_id, code_hash, given_by) VALUES ($1, $2, $3, sha256('badge'), $4)`,
    enrolmentId,
    otherUserId,
    userId,
  );
  await run(
    `INSERT INTO enrolments (tenant_id, id, device_id, user_id, badge_id, public_key, enrolled_at, ended_at)
     VALUES ($1, $2, $3, $4, $2, $5, '2026-11-01Z', $6)`,
    enrolmentId,
    deviceId,
    otherUserId,
    pointOf(keys.publicKey),
    endedAt ?? null,
  );
  const signed = (operation: Operation, { by = keys.privateKey, as = enrolmentId } = {}) => {
    const { id, envelope } = pushedOf(operation);
    const signature = sign('sha256', envelope, { key: by, dsaEncoding: 'ieee-p1363' });
    return { id, envelope: withPersonProof(envelope, { enrolmentId: as, signature }) };
  };
  return { ...trial, enrolmentId, signed };
}

function pointOf(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
}

const certain = [{ verdict: 'applied', reason: null }];
const marked = [{ verdict: 'applied', reason: 'person_unproven' }];

describe('on a shared device', () => {
  test('[UP23] what an enrolled person signed is theirs, and the answer to a repeat is the same', async () => {
    const { device, asset, event, otherUserId, userId, signed, send, query } = await openShared('signed');
    const operation = signed(checkOut(device, asset, event, { recordedBy: otherUserId }));
    expect(await send([operation])).toMatchObject(certain);
    expect(await send([operation])).toMatchObject(certain);
    expect(await query('SELECT recorded_by, sent_by FROM operations WHERE tenant_id = $1')).toEqual([
      { recorded_by: otherUserId, sent_by: userId },
    ]);
  });

  test('[UP23] what nobody signed is marked, also in the name of who signed the device in', async () => {
    const { device, tenant, asset, event, otherUserId, send } = await openShared('unsigned');
    expect(await send([checkOut(device, asset, event, { recordedBy: otherUserId })])).toMatchObject(marked);
    expect(await send([checkOut(device, tenant.assetIds[1] as AssetId, event)])).toMatchObject(marked);
  });

  test('[UP23] what was recorded before it was shared is as certain as it was', async () => {
    const { device, asset, event, send, query } = await openShared('before');
    await query(`UPDATE devices SET shared_since = '2026-11-20Z' WHERE tenant_id = $1`);
    expect(await send([checkOut(device, asset, event)])).toMatchObject(certain);
  });

  test.each([
    ['with another key', (s: Shared) => s.signed(theirs(s), { by: otherKey() })],
    ['by an enrolment that nobody has', (s: Shared) => s.signed(theirs(s), { as: randomUUID() })],
    ['in the name of somebody else', (s: Shared) => s.signed(checkOut(s.device, s.asset, s.event))],
    [
      'and changed afterwards',
      (s: Shared) => {
        const operation = theirs(s);
        const { envelope } = s.signed(operation);
        const proof = envelope.subarray(pushedOf(operation).envelope.length);
        const other = pushedOf({ ...operation, wallClockAt: instantAt(5) });
        return { id: other.id, envelope: Buffer.concat([other.envelope, proof]) };
      },
    ],
  ])('[UP23] what was signed %s is marked', async (how, forge) => {
    const shared = await openShared(`forged ${how}`);
    expect(await shared.send([forge(shared)])).toMatchObject(marked);
  });

  test("[UP23] an enrolment counts on its own device alone, and never in another company's", async () => {
    const shared = await openShared('elsewhere');
    const foreign = await openShared('foreign');
    const { device, asset, event, otherUserId, otherDeviceId, tenant } = shared;
    const there = { ...checkOut(device, asset, event, { recordedBy: otherUserId }), deviceId: otherDeviceId };
    expect(await push(database.pool, tenant.caller, otherDeviceId, [shared.signed(there)])).toMatchObject(
      marked,
    );
    const theirsToo = checkOut(device, tenant.assetIds[1] as AssetId, event, { recordedBy: otherUserId });
    expect(await shared.send([shared.signed(theirsToo, { as: foreign.enrolmentId })])).toMatchObject(marked);
  });

  test('[UP23] what was recorded before an enrolment ended counts however late it comes; later it is marked', async () => {
    const shared = await openShared('ended', { endedAt: instantAt(10) });
    const { device, tenant, asset, event, otherUserId, signed, send } = shared;
    const before = checkOut(device, asset, event, { recordedBy: otherUserId, recordedAt: instantAt(9) });
    const after = checkOut(device, tenant.assetIds[1] as AssetId, event, {
      recordedBy: otherUserId,
      recordedAt: instantAt(10),
    });
    expect(await send([signed(before)])).toMatchObject(certain);
    expect(await send([signed(after)])).toMatchObject(marked);
  });
});

describe('what is sent in the name of another', () => {
  const retire = (shared: Shared) =>
    shared.device.record(
      { kind: 'retire', asset: scanned(shared.asset), reason: 'sold' },
      { recordedBy: shared.otherUserId },
    );
  const sendAs = (
    shared: Shared,
    permissions: readonly Permission[],
    operation: Parameters<Shared['send']>[0][0],
  ) => push(database.pool, { ...shared.tenant.caller, permissions }, shared.deviceId, [operation]);

  test('[UP15] does no more than its sender may, signed or not', async () => {
    const shared = await openShared('no more');
    const scansOnly: readonly Permission[] = ['scanning:write'];
    expect(await sendAs(shared, scansOnly, retire(shared))).toMatchObject([
      { verdict: 'refused', reason: 'no_permission' },
    ]);
    expect(await sendAs(shared, scansOnly, shared.signed(retire(shared)))).toMatchObject([
      { verdict: 'refused', reason: 'no_permission' },
    ]);
    expect(await sendAs(shared, ['inventory:write'], shared.signed(retire(shared)))).toMatchObject(certain);
  });

  test('[UP15] does no more than they may themselves', async () => {
    const shared = await openShared('nor less');
    await shared.query(`UPDATE users SET role = 'planner' WHERE tenant_id = $1 AND email LIKE 'user2@%'`);
    expect(await shared.send([shared.signed(retire(shared))])).toMatchObject([
      { verdict: 'refused', reason: 'no_permission' },
    ]);
  });
});

type Shared = Awaited<ReturnType<typeof openShared>>;

function theirs({ device, asset, event, otherUserId }: Shared): Operation {
  return checkOut(device, asset, event, { recordedBy: otherUserId });
}

function otherKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}
