import type { OperationId } from '@eventkit/shared/kernel/ids.ts';
import { err } from '@eventkit/shared/kernel/result.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEventLoad } from '#platform/scanner/read-event-load.ts';
import type { ScanInput } from '#platform/scanner/scan-report.ts';
import { alpina, newDepot, places, unit, winter } from '#platform/scanner/testing/scan-depot.ts';
import { openScanDevice, type ScanDevice } from '#platform/scanner/testing/scan-device.ts';
import { idOf } from '#platform/testing/test-ids.ts';
import { anna } from '#platform/testing/test-stock.ts';
import type { CheckOutReport } from './check-out-detail.ts';
import { scanOut } from './scan-out.ts';

let device: ScanDevice;
beforeEach(async () => {
  device = await openScanDevice();
});
afterEach(() => device.close());

async function scan(code: string, overrideReason: string | null = null): Promise<CheckOutReport> {
  const report = await out({ code, assetId: null }, overrideReason);
  if (!report.ok) throw new Error(report.error.problem);
  return report.value;
}

function out(input: ScanInput, overrideReason: string | null = null) {
  const { replica, recordOperation } = device;
  return scanOut({ replica, recordOperation, userId: anna }, { eventId: winter, overrideReason }, input);
}

async function lastOperation() {
  const [last] = await device.replica.getAll<{ id: OperationId }>(
    'SELECT operation_id AS id FROM outbox ORDER BY sequence DESC LIMIT 1',
  );
  if (!last) throw new Error('nothing was recorded');
  return last;
}

describe('scanning out', () => {
  it('records a wanted thing, says where it came from and counts it', async () => {
    const report = await scan('A-0401');
    expect(report).toMatchObject({
      outcome: 'ok',
      code: 'A-0401',
      title: 'Robe MegaPointe',
      completesLine: false,
      detail: { tally: { outCount: 1, wantedCount: 3 }, from: { kind: 'location', code: 'B4-2' } },
    });
    expect(await device.intents()).toEqual([
      {
        kind: 'check_out',
        asset: {
          code: 'A-0401',
          assetId: unit('A-0401').id,
          observed: { place: { kind: 'location', id: places.binB42 }, status: 'in_service' },
        },
        eventId: winter,
        overrideReason: null,
      },
    ]);
    expect((await readEventLoad(device.replica, winter)).outCount).toBe(1);
  });

  it('says of a tick that no label was read, and of a thing read before that one was', async () => {
    const { id: assetId } = unit('A-0401');
    await out({ code: 'A-0401', assetId });
    await device.recordOperation({ kind: 'undo', operationId: (await lastOperation()).id });
    await out({ code: 'A-0401', assetId, isRead: true });
    const [ticked, , read] = await device.intents();
    expect(ticked).toMatchObject({ asset: { assetId, isByHand: true } });
    expect(read).toMatchObject({ asset: { assetId, code: 'A-0401' } });
    expect(read).not.toHaveProperty('asset.isByHand');
  });

  it('finds a thing by any of its labels and through what a reader puts around a code', async () => {
    expect(await scan('QR-77')).toMatchObject({ outcome: 'ok', code: 'A-0401' });
    expect(await scan(']C1A-0402 ')).toMatchObject({ outcome: 'ok', code: 'A-0402' });
  });

  it('believes a label before the code that another thing was given', async () => {
    const relabelled = newDepot().map((table) =>
      table.table === 'labels'
        ? {
            ...table,
            rows: [
              ...table.rows,
              { id: idOf(27, 1), value: 'A-0401', asset_id: unit('A-0402').id, location_id: null },
            ],
          }
        : table,
    );
    await device.close();
    device = await openScanDevice(relabelled);
    expect(await scan('A-0401')).toMatchObject({ outcome: 'ok', code: 'A-0402' });
  });

  it('takes a case as one operation with all that is in it', async () => {
    const report = await scan('C-031');
    expect(report).toMatchObject({
      outcome: 'ok',
      completesLine: true,
      detail: { contents: [{ productName: 'GLP JDC1', count: 4 }] },
    });
    expect(await device.intents()).toHaveLength(1);
    expect((await readEventLoad(device.replica, winter)).outCount).toBe(4);
    expect(await scan('J-0002')).toMatchObject({ outcome: 'already', detail: { caseCode: 'C-031' } });
  });

  it('chimes with the last unit of a line only', async () => {
    const reports = [await scan('A-0401'), await scan('A-0402'), await scan('A-0403'), await scan('A-0404')];
    expect(reports.map((report) => report.completesLine)).toEqual([false, false, true, false]);
    expect(reports[2]).toMatchObject({ detail: { from: { caseCode: 'C-040', code: 'K1-07' } } });
  });

  it('says already, by whom and when, and records nothing', async () => {
    await scan('A-0401');
    const again = await scan('A-0401');
    expect(again).toMatchObject({
      outcome: 'already',
      operationId: null,
      detail: { by: { name: 'Anna', isYou: true }, at: expect.stringMatching(/^2026-11-22T12:00/) },
    });
    expect(await device.intents()).toHaveLength(1);
  });

  it('keeps what belongs elsewhere, and says to which event or why not here', async () => {
    expect(await scan('A-0405')).toMatchObject({
      outcome: 'wrong_event',
      detail: { why: 'other_event', from: { kind: 'event', id: alpina, name: 'Alpina' } },
    });
    await scan('K-0001');
    expect(await scan('K-0002')).toMatchObject({
      outcome: 'wrong_event',
      operationId: expect.any(String),
      detail: { why: 'line_full', tally: { outCount: 1, wantedCount: 1 }, from: { code: 'K1-07' } },
    });
    expect(await device.intents()).toHaveLength(3);
  });

  it('keeps an unknown code as a sighting', async () => {
    expect(await scan('4006381333931')).toMatchObject({
      outcome: 'unknown',
      title: null,
      operationId: expect.any(String),
      detail: { kind: 'no_label' },
    });
    const open = await device.replica.getAll(
      'SELECT class, code, event_id FROM conflicts_now WHERE status = ?',
      ['open'],
    );
    expect(open).toEqual([{ class: 'unknown_code', code: '4006381333931', event_id: winter }]);
  });

  it('holds a blocked thing, names a free twin, and records nothing', async () => {
    expect(await scan('M-0031')).toMatchObject({
      outcome: 'blocked',
      operationId: null,
      detail: { why: 'quarantined', canOverride: true, twin: { code: 'M-0034', placeCode: 'K1-07' } },
    });
    expect(await device.intents()).toEqual([]);
  });

  it('takes a blocked thing anyway with a reason, which stays on record', async () => {
    expect(await scan('M-0031', 'client waits, checked by hand')).toMatchObject({
      outcome: 'ok',
      detail: { overrideReason: 'client waits, checked by hand' },
    });
    expect(await device.intents()).toMatchObject([{ overrideReason: 'client waits, checked by hand' }]);
  });

  it('takes a tick by hand where a label cannot be read', async () => {
    const torn = newDepot().map((table) => (table.table === 'labels' ? { ...table, rows: [] } : table));
    await device.close();
    device = await openScanDevice(torn);
    const report = await out({ code: 'A-0401', assetId: unit('A-0401').id });
    expect(report).toMatchObject({ ok: true, value: { outcome: 'ok', code: 'A-0401' } });
  });

  it('answers 10 kB of garbage in words and records nothing', async () => {
    const report = await scan('x'.repeat(10_240));
    expect(report).toMatchObject({
      outcome: 'unknown',
      operationId: null,
      detail: { kind: 'not_a_code', why: 'too_long', length: 10_240 },
    });
    expect(report.code.length).toBeLessThanOrEqual(64);
    expect(await scan('\u0000\u0002')).toMatchObject({ detail: { kind: 'not_a_code', why: 'empty' } });
    expect(await device.intents()).toEqual([]);
  });

  it('tells a shelf label from equipment', async () => {
    expect(await scan('B4-2')).toMatchObject({ outcome: 'unknown', detail: { kind: 'place_label' } });
    expect(await device.intents()).toEqual([]);
  });

  it('says nothing was recorded when storage is full', async () => {
    const full = { tag: 'storage_full', problem: 'database or disk is full' } as const;
    const report = await scanOut(
      { replica: device.replica, recordOperation: async () => err(full), userId: anna },
      { eventId: winter, overrideReason: null },
      { code: 'A-0401', assetId: null },
    );
    expect(report).toEqual(err(full));
  });
});
