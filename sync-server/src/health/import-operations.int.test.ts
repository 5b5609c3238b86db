import { writeOperationsFile } from '@eventkit/proto/operations-file.ts';
import type { Operation } from '@eventkit/shared/operations/operation.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Caller } from '#upload/people-store.ts';
import { instantAt, pushedOf } from '#upload/testing/test-device.ts';
import { openUploadDatabase, type UploadDatabase } from '#upload/testing/upload-database.ts';
import { uuidOf } from '#upload/testing/upload-tenant.ts';
import { importOperations } from './import-operations.ts';
import { sha256 } from './sha256.ts';
import { createHealthCompany, type HealthCompany } from './testing/health-company.ts';

let database: UploadDatabase;
beforeAll(async () => {
  database = await openUploadDatabase();
});
afterAll(() => database.close());

/** The file that the company's device would write of these, and what an admin of it gets told. */
async function start(name: string) {
  const company = await createHealthCompany(database, name);
  const admin: Caller = { ...company.tenant.caller, userId: company.tenant.userIds[1] ?? '' };
  return {
    ...company,
    admin,
    fileOf: (operations: readonly Operation[], changes: object = {}) =>
      writeOperationsFile(
        {
          tenantId: company.tenant.tenantId,
          deviceId: company.deviceId,
          deviceName: 'Dock 2',
          epoch: operations[0]?.epoch ?? '',
          madeAt: instantAt(100),
          appVersion: '1',
          operations: operations.map((one) => ({ ...pushedOf(one), sequence: one.sequence })),
          ...changes,
        },
        sha256,
      ),
    bring: (text: string) => importOperations(company.ports, admin, new TextEncoder().encode(text)),
  };
}

async function outcomes(bringing: ReturnType<typeof importOperations>) {
  const imported = await bringing;
  if (!imported.ok) throw new Error(imported.error.kind);
  return imported.value.operations.map(({ outcome }) => outcome);
}

const everythingOf = async ({ ledger, stored, kept, query }: HealthCompany) => ({
  ledger: await ledger(),
  stored: await stored(),
  kept: await kept(),
  progress: await query('SELECT * FROM device_progress WHERE tenant_id = $1'),
});

describe('a file of operations', () => {
  test('[SH14] is taken as if the device had sent it, and both who did and who brought it are named', async () => {
    const { checkOut, fileOf, bring, stored, userId, admin, ledger } = await start('taken');
    const operations = [checkOut(), checkOut({ asset: 1 })];
    const imported = await bring(await fileOf(operations));
    expect(imported).toMatchObject({
      ok: true,
      value: {
        deviceName: 'Device 1',
        madeAt: instantAt(100),
        isWhole: true,
        operations: operations.map(({ id, sequence, recordedAt }) => ({
          id,
          sequence,
          recordedAt,
          kind: 'check_out',
          outcome: 'taken',
          ruling: { verdict: 'applied' },
        })),
      },
    });
    const named = { recorded_by: userId, sent_by: admin.userId };
    expect(await stored()).toMatchObject([named, named]);
    expect((await ledger()).movements).toHaveLength(2);
  });

  test('[SH15] once more changes nothing, as does what the device sends after all', async () => {
    const company = await start('again');
    const { checkOut, fileOf, bring, send } = company;
    const operations = [checkOut(), checkOut({ asset: 1 }), checkOut({ asset: 2 })];
    await send(operations.slice(0, 1));
    const file = await fileOf(operations);
    expect(await outcomes(bring(file))).toEqual(['already_there', 'taken', 'taken']);
    const { ledger, stored } = await everythingOf(company);
    expect(await outcomes(bring(file))).toEqual(['already_there', 'already_there', 'already_there']);
    expect(await send(operations)).toMatchObject(operations.map(({ id }) => ({ id, verdict: 'applied' })));
    expect(await everythingOf(company)).toMatchObject({ ledger, stored });
  });

  test('[SH14] tampered with, gives what is as the device made it and nothing else', async () => {
    const { checkOut, fileOf, bring, stored, kept } = await start('tampered');
    const operations = [checkOut(), checkOut({ asset: 1 }), checkOut({ asset: 2 })];
    const json = JSON.parse(await fileOf(operations)) as { operations: Record<string, string>[] };
    const [, second] = json.operations;
    const other = checkOut({ asset: 3, id: operations[1]?.id as never, sequence: 2 });
    Object.assign(second ?? {}, { envelope: Buffer.from(pushedOf(other).envelope).toString('base64') });
    const imported = await bring(JSON.stringify(json));
    expect(imported).toMatchObject({ ok: true, value: { isWhole: false } });
    expect(await outcomes(Promise.resolve(imported))).toEqual(['taken', 'damaged', 'taken']);
    expect((await stored()).map(({ sequence }) => sequence)).toEqual([1, 3]);
    expect(await kept()).toEqual([]);
  });

  test('[SH14] forged with fitting checksums, is held to the rules that every device is held to', async () => {
    const { checkOut, fileOf, bring, send, newcomerId, otherDeviceId, stored } = await start('forged');
    const real = checkOut();
    await send([real]);
    const otherBytes = checkOut({ asset: 1, id: real.id });
    const otherNumber = checkOut({ asset: 1, sequence: 1 });
    const otherDevice = checkOut({ asset: 2, deviceId: otherDeviceId });
    const nobody = checkOut({ asset: 3, recordedBy: newcomerId });
    const before = await stored();
    const forged = [otherBytes, otherNumber, otherDevice, nobody];
    const imported = await bring(await fileOf(forged));
    if (!imported.ok) throw new Error(imported.error.kind);
    expect(imported.value.operations.map(({ outcome, ruling }) => [outcome, ruling?.reason])).toEqual([
      ['kept_unread', 'same_id_other_content'],
      ['kept_unread', 'same_sequence_other_id'],
      ['kept_unread', 'other_device_inside'],
      ['kept_unread', 'unknown_person'],
    ]);
    expect(await stored()).toEqual(before);
  });

  test('[SH10] [SH13] of another company is refused, and nothing changes in either', async () => {
    const [north, south] = await Promise.all([start('north'), start('south')]);
    const file = await south.fileOf([south.checkOut()]);
    const before = [await everythingOf(north), await everythingOf(south)];
    expect(await north.bring(file)).toEqual({ ok: false, error: { kind: 'other_company' } });
    // Relabelled, it names a device that this company has not; forged throughout, nobody's id is worth another's.
    const relabelled = await south.fileOf([south.checkOut()], { tenantId: north.tenant.tenantId });
    const ofNobody = await south.fileOf([], { tenantId: north.tenant.tenantId, deviceId: uuidOf('nobody') });
    const refused = { ok: false, error: { kind: 'unknown_device' } };
    expect(await north.bring(relabelled)).toEqual(refused);
    expect(await north.bring(ofNobody)).toEqual(refused);
    expect([await everythingOf(north), await everythingOf(south)]).toEqual(before);
  });

  test('[SH13] that is none, or of a later version, is refused', async () => {
    const { bring, fileOf, checkOut, stored } = await start('none');
    const text = await fileOf([checkOut()]);
    expect(await bring('scans')).toEqual({ ok: false, error: { kind: 'no_such_file' } });
    expect(await bring(text.slice(0, -10))).toEqual({ ok: false, error: { kind: 'no_such_file' } });
    expect(await bring(text.replace('"version":1', '"version":2'))).toEqual({
      ok: false,
      error: { kind: 'newer_version' },
    });
    expect(await stored()).toEqual([]);
  });

  test('[SH16] of a revoked device is taken, is no contact of it, and fills what was missing', async () => {
    const { checkOut, send, fileOf, bring, query } = await start('revoked');
    const operations = Array.from({ length: 4 }, (_, asset) => checkOut({ asset }));
    await send([operations[0], operations[2]] as Operation[]);
    await query('UPDATE devices SET revoked_at = now() WHERE tenant_id = $1');
    const heard =
      'SELECT last_contact_at, queue_length, app_version FROM device_progress WHERE tenant_id = $1';
    const before = await query(heard);
    expect(await outcomes(bring(await fileOf(operations)))).toEqual([
      'already_there',
      'taken',
      'already_there',
      'taken',
    ]);
    expect(await query(heard)).toEqual(before);
    expect(await query('SELECT last_sequence, gaps FROM device_progress WHERE tenant_id = $1')).toEqual([
      { last_sequence: 4, gaps: [] },
    ]);
  });

  test('[SH14] of more operations than a push may bring is taken in the order of numbers', async () => {
    const { checkOut, fileOf, bring, stored } = await start('many');
    const operations = Array.from({ length: 1_100 }, (_, index) => checkOut({ asset: index % 6 }));
    const told = await outcomes(bring(await fileOf(operations.toReversed())));
    expect(told).toHaveLength(1_100);
    expect(new Set(told)).toEqual(new Set(['taken']));
    expect(await stored()).toHaveLength(1_100);
  });
});
