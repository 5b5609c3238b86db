import type { Intent } from '@eventkit/shared/operations/operation.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newDepot, places, unit, winter } from '#platform/scanner/testing/scan-depot.ts';
import { openScanDevice, type ScanDevice } from '#platform/scanner/testing/scan-device.ts';
import { LIKELY_THINGS, PLACE_BY_CODE, THING_BY_ID, THINGS_BY_TEXT, typedOf } from './find-things.ts';
import { assignLabel, opensConflict, readTarget, retireLabel, sayAgain } from './label-acts.ts';
import { type LabelledThing, targetOfThing } from './labelled-thing.ts';
import { readCodeOf } from './read-code-of.ts';

let device: ScanDevice;
beforeEach(async () => {
  const stock = newDepot().map((table) =>
    table.table !== 'assets'
      ? table
      : {
          ...table,
          rows: table.rows.map((row) =>
            row['code'] === 'A-0402' ? { ...row, serial: '4006381333931' } : row,
          ),
        },
  );
  device = await openScanDevice(stock);
});
afterEach(() => device.close());

const lamp = { kind: 'asset', id: unit('A-0402').id } as const;

async function record(intent: Intent) {
  const recorded = await device.recordOperation(intent);
  if (!recorded.ok) throw new Error(recorded.error.problem);
  return recorded.value;
}

function scanUnknown(code: string) {
  const asset = { code, assetId: null, observed: null };
  return record({ kind: 'check_out', asset, eventId: winter, overrideReason: null });
}

const unknownCodes = () =>
  device.replica.getAll<{ code: string; status: string }>(
    `SELECT code, status FROM conflicts_now WHERE class = 'unknown_code' ORDER BY code`,
  );

const find = async (text: string) =>
  (await device.replica.getAll<LabelledThing>(THINGS_BY_TEXT, typedOf(text))).map(({ code }) => code);

describe('giving a code to a thing', () => {
  it('settles its unknown scan, which counts for the thing as of then, and leads there from now on', async () => {
    const scan = await scanUnknown('X-9');
    expect(await unknownCodes()).toEqual([{ code: 'X-9', status: 'open' }]);
    const assigned = await assignLabel(device, 'X-9', lamp);
    if (!assigned.ok || !assigned.value) throw new Error('nothing was recorded');
    expect(opensConflict(assigned.value, lamp)).toBe(false);
    expect(await unknownCodes()).toEqual([{ code: 'X-9', status: 'settled' }]);
    expect(await readTarget(device.replica, 'X-9')).toEqual(lamp);
    expect(
      await device.replica.getAll('SELECT place_id, last_moved_at FROM assets_now WHERE id = ?', [lamp.id]),
    ).toEqual([{ place_id: winter, last_moved_at: scan.operation.recordedAt }]);
  });

  it('says so where the thing must not have gone out', async () => {
    const asset = { code: 'A-0402', assetId: lamp.id, observed: null };
    await record({ kind: 'quarantine', asset, reason: 'rattles' });
    await scanUnknown('X-9');
    const assigned = await assignLabel(device, 'X-9', lamp);
    expect(assigned.ok && assigned.value && opensConflict(assigned.value, lamp)).toBe(true);
  });

  it('records nothing where the code leads there already, and names what it led to otherwise', async () => {
    const other = { kind: 'asset', id: unit('A-0401').id } as const;
    expect(await assignLabel(device, 'QR-77', other)).toEqual({ ok: true, value: null });
    expect(await device.intents()).toEqual([]);
    await assignLabel(device, 'QR-77', lamp);
    expect(await device.intents()).toEqual([
      { kind: 'assign_label', code: 'QR-77', target: lamp, observed: other },
    ]);
  });

  it('is taken off again, and taken back', async () => {
    expect(await retireLabel(device, 'X-9')).toEqual({ ok: true, value: null });
    const off = await retireLabel(device, 'QR-77');
    if (!off.ok || !off.value) throw new Error('nothing was recorded');
    expect(await readTarget(device.replica, 'QR-77')).toBeNull();
    await record({ kind: 'undo', operationId: off.value.operation.id });
    expect(await readTarget(device.replica, 'QR-77')).toEqual({ kind: 'asset', id: unit('A-0401').id });
  });

  it('is said once more where two people said two things of one label, and settles that', async () => {
    const other = { kind: 'asset', id: unit('A-0401').id } as const;
    await record({ kind: 'assign_label', code: 'X-9', target: other, observed: null });
    await record({ kind: 'assign_label', code: 'X-9', target: lamp, observed: null });
    const statuses = () =>
      device.replica.getAll(`SELECT status FROM conflicts_now WHERE class = 'label_on_two'`);
    expect(await statuses()).toEqual([{ status: 'open' }]);
    await sayAgain(device, 'X-9', lamp);
    expect(await statuses()).toEqual([{ status: 'settled' }]);
  });

  it('knows the whole of a long code that a scan read', async () => {
    const code = `https://example.org/${'long/'.repeat(20)}`;
    const { operation } = await scanUnknown(code);
    expect(await readCodeOf(device.replica, operation.id)).toBe(code);
  });
});

describe('what a code can be given to', () => {
  it('is found by code, label, product and place', async () => {
    expect(await find('a-040')).toEqual(expect.arrayContaining(['A-0401', 'A-0402']));
    expect(await find('QR-77')).toEqual(['A-0401']);
    expect(await find('chainmaster 500')).toEqual(['M-0031', 'M-0034']);
    expect(await find('K1-0')).toEqual(['K1-07']);
    expect(await find('shelf B4')).toEqual(['B4', 'B4-1', 'B4-2']);
    expect(await find('no such thing')).toEqual([]);
  });

  it('is a thing with its product and place, or a place', async () => {
    const things = async (id: string) => device.replica.getAll<LabelledThing>(THING_BY_ID, [id]);
    const [thing] = await things(lamp.id);
    expect(thing).toMatchObject({ code: 'A-0402', title: 'Robe MegaPointe', placeName: 'B4-2' });
    expect(thing && targetOfThing(thing)).toEqual(lamp);
    const [byCode] = await device.replica.getAll<LabelledThing>(PLACE_BY_CODE, ['K1-07']);
    expect(byCode).toMatchObject({ kind: 'location', id: places.binK107, title: 'Shelf K1, bin 7' });
    const [place] = await things(places.binB42);
    expect(place && targetOfThing(place)).toEqual({ kind: 'location', id: places.binB42 });
  });

  it('is likely the thing with that serial, or with that code in other letters', async () => {
    const likely = async (code: string) =>
      (await device.replica.getAll<LabelledThing>(LIKELY_THINGS, [code, code])).map((thing) => thing.code);
    expect(await likely('4006381333931')).toEqual(['A-0402']);
    expect(await likely('a-0401')).toEqual(['A-0401']);
    expect(await likely('X-9')).toEqual([]);
  });
});
