import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { instantAt, pushedOf } from '#upload/testing/test-device.ts';
import { openUploadDatabase, push, testClock, type UploadDatabase } from '#upload/testing/upload-database.ts';
import { uuidOf } from '#upload/testing/upload-tenant.ts';
import { retryAllKept, retryKept } from './retry-kept.ts';
import { createHealthCompany } from './testing/health-company.ts';

let database: UploadDatabase;
beforeAll(async () => {
  database = await openUploadDatabase();
});
afterAll(() => database.close());

const start = (name: string) => createHealthCompany(database, name);

describe('what is kept is tried again', () => {
  test('[UP21] and takes effect once it is understood, in the order of numbers and once', async () => {
    const { newcomerId, checkOut, send, retry, takeOn, stored, kept, ledger, userId } = await start('order');
    const operations = [1, 2, 3].map((asset) => checkOut({ asset, recordedBy: newcomerId }));
    await send(operations.toReversed());
    expect(await retry()).toEqual({ takenCount: 0, keptCount: 3 });
    expect(await stored()).toEqual([]);

    await takeOn();
    expect(await retry()).toEqual({ takenCount: 3, keptCount: 0 });
    expect(await stored()).toMatchObject(
      operations.map(({ id, sequence }) => ({
        id,
        sequence,
        verdict: 'applied',
        reason: 'person_unproven',
        recorded_by: newcomerId,
        sent_by: userId,
      })),
    );
    const after = await ledger();
    expect(after.movements).toHaveLength(3);
    expect(await retry()).toEqual({ takenCount: 0, keptCount: 0 });
    expect(await send(operations)).toMatchObject([
      { verdict: 'applied' },
      { verdict: 'applied' },
      { verdict: 'applied' },
    ]);
    expect(await ledger()).toEqual(after);
    expect(await kept()).toHaveLength(3);
  });

  test('[UP21] at the instant of the first receipt, though the device clock was ahead', async () => {
    const { newcomerId, checkOut, send, ports, tenant, takeOn, stored } = await start('instant');
    await send([checkOut({ recordedBy: newcomerId, at: 5 * 24 * 60 })]);
    await takeOn();
    const later = { wallMs: () => testClock.wallMs() + 9 * 86_400_000 };
    await retryKept({ ...ports, clock: later }, tenant.tenantId);
    expect(await stored()).toMatchObject([
      { effective_at: instantAt(24 * 60), received_at: instantAt(24 * 60) },
    ]);
  });

  test('[UP21] what is not understood stays with its bytes and says what is wrong with it now', async () => {
    const { newcomerId, checkOut, send, retry, takeOn, kept, query, deviceId } = await start('stays');
    const first = checkOut({ recordedBy: newcomerId });
    const taken = checkOut({ sequence: 1 });
    const damaged = { id: uuidOf('stays damaged'), envelope: Uint8Array.of(255) };
    await send([first, damaged]);
    await send([taken]);
    await takeOn();
    expect(await retry()).toEqual({ takenCount: 0, keptCount: 2 });
    const problems = (await kept()).map(({ id, problem, retried_at }) => [id, problem, retried_at]);
    expect(problems).toContainEqual([first.id, 'same_sequence_other_id', instantAt(24 * 60)]);
    expect(problems).toContainEqual([damaged.id, expect.stringMatching(/^unreadable/), instantAt(24 * 60)]);
    const rows = await query(
      'SELECT id, envelope, device_id FROM unreadable_operations WHERE tenant_id = $1',
    );
    const bytesOf = (id: string) => rows.find((row) => row['id'] === id)?.['envelope'];
    expect(bytesOf(first.id)).toEqual(Buffer.from(pushedOf(first).envelope));
    expect(bytesOf(damaged.id)).toEqual(Buffer.from(damaged.envelope));
    expect(rows.every((row) => row['device_id'] === deviceId)).toBe(true);
  });

  test('[UP21] by the right of who sent it, and without touching when the device was heard', async () => {
    const { newcomerId, checkOut, send, retry, takeOn, stored, query, tenant } = await start('right');
    await send([checkOut({ recordedBy: newcomerId })]);
    const heard = await query(
      'SELECT last_contact_at, queue_length FROM device_progress WHERE tenant_id = $1',
    );
    await takeOn();
    await query('UPDATE users SET deactivated_at = now() WHERE tenant_id = $1');
    await query('UPDATE devices SET revoked_at = now() WHERE tenant_id = $1');
    expect(await retry()).toEqual({ takenCount: 1, keptCount: 0 });
    expect(await stored()).toMatchObject([{ verdict: 'applied', reason: 'no_permission' }]);
    expect(
      await query('SELECT last_contact_at, queue_length FROM device_progress WHERE tenant_id = $1'),
    ).toEqual(heard);
    expect(tenant.caller.permissions).toContain('scanning:write');
  });

  test('[UP21] two servers that start at once take it in once', async () => {
    const { newcomerId, checkOut, send, retry, takeOn, ledger } = await start('twice');
    await send(Array.from({ length: 5 }, (_, asset) => checkOut({ asset, recordedBy: newcomerId })));
    await takeOn();
    await Promise.all([retry(), retry(), retry()]);
    expect((await ledger()).movements).toHaveLength(5);
  });

  test('[UP21] at the start of the server, in every company by itself', async () => {
    const [north, south, quiet] = await Promise.all([start('north'), start('south'), start('quiet')]);
    for (const { newcomerId, checkOut, send, takeOn } of [north, south]) {
      await send([checkOut({ recordedBy: newcomerId }), checkOut({ asset: 1, recordedBy: newcomerId })]);
      await takeOn();
    }
    // Somebody whom only the other company knows stays unknown.
    const stray = north.checkOut({ asset: 2, recordedBy: south.newcomerId });
    await north.send([stray]);
    const logged: unknown[] = [];
    await retryAllKept({ ...north.ports, logger: { info: (line: unknown) => logged.push(line) } });
    expect(await north.stored()).toHaveLength(2);
    expect(await south.stored()).toHaveLength(2);
    expect(await quiet.stored()).toEqual([]);
    expect(logged).toContainEqual({ tenantId: north.tenant.tenantId, takenCount: 2, keptCount: 1 });
    expect(await push(database.pool, north.tenant.caller, north.deviceId, [stray])).toMatchObject([
      { verdict: 'kept_unread', reason: 'unknown_person' },
    ]);
  });
});
