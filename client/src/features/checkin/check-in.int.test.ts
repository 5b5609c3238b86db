import { err } from '@eventkit/shared/kernel/result.ts';
import type { Disposition } from '@eventkit/shared/operations/operation.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alpina, places, unit, winter } from '#platform/scanner/testing/scan-depot.ts';
import { openScanDevice, type ScanDevice } from '#platform/scanner/testing/scan-device.ts';
import { takeTestPhoto } from '#platform/testing/test-photo.ts';
import { anna } from '#platform/testing/test-stock.ts';
import { checkIn } from './check-in.ts';
import type { CheckInReport } from './check-in-detail.ts';
import { readCheckInPlaces } from './check-in-places.ts';
import { readStillOut } from './read-still-out.ts';

const b41 = { id: places.binB41, code: 'B4-1', name: 'Shelf B4, level 1' };

let device: ScanDevice;
beforeEach(async () => {
  device = await openScanDevice();
});
afterEach(() => device.close());

function capabilities() {
  return { replica: device.replica, recordOperation: device.recordOperation, userId: anna };
}

async function scan(code: string, disposition: Disposition = 'ok', note: string | null = null) {
  const answer = await checkIn(
    capabilities(),
    { place: b41, disposition, note, photos: [] },
    { code, assetId: null },
  );
  if (!answer.ok) throw new Error(answer.error.problem);
  return answer.value;
}

async function report(code: string, disposition: Disposition = 'ok'): Promise<CheckInReport> {
  const answer = await scan(code, disposition);
  if (answer.kind !== 'report') throw new Error('a place, not a thing');
  return answer.report;
}

async function stateOf(code: string) {
  return device.replica.get('SELECT place_id, status, condition FROM assets_now WHERE id = ?', [
    unit(code).id,
  ]);
}

describe('checking in', () => {
  it('brings a thing back to the place and says from where', async () => {
    expect(await report('A-0405')).toMatchObject({
      outcome: 'ok',
      detail: { from: { kind: 'event', id: alpina }, to: b41, isFound: false },
    });
    expect(await stateOf('A-0405')).toEqual({
      place_id: places.binB41,
      status: 'in_service',
      condition: 'ok',
    });
  });

  it('brings a case back with what is in it, by one operation', async () => {
    const [asset] = [{ code: 'C-031', assetId: unit('C-031').id, observed: null }];
    await device.recordOperation({ kind: 'check_out', asset, eventId: winter, overrideReason: null });
    expect(await report('C-031')).toMatchObject({ outcome: 'ok', detail: { contentCount: 4 } });
    expect(await device.intents()).toHaveLength(2);
  });

  it('says already for what lies there', async () => {
    expect(await report('A-0404')).toMatchObject({ outcome: 'already', operationId: null });
    expect(await device.intents()).toEqual([]);
  });

  it('takes a shelf label as the place to work at and records nothing', async () => {
    expect(await scan('B4-2')).toEqual({
      kind: 'place',
      place: { id: places.binB42, code: 'B4-2', name: 'Shelf B4, level 2' },
    });
    expect(await device.intents()).toEqual([]);
  });

  it('keeps an unknown code and answers garbage', async () => {
    expect(await report('NO-SUCH')).toMatchObject({ outcome: 'unknown', operationId: expect.any(String) });
    expect(await report('y'.repeat(10_240))).toMatchObject({
      outcome: 'unknown',
      operationId: null,
      detail: { kind: 'not_a_code', why: 'too_long' },
    });
  });

  it('puts damaged gear into quarantine with the words of the person', async () => {
    await scan('A-0405', 'damaged', 'pan belt grinds');
    expect(await stateOf('A-0405')).toMatchObject({ status: 'quarantined', condition: 'damaged' });
    expect(await device.intents()).toMatchObject([{ disposition: 'damaged', note: 'pan belt grinds' }]);
  });

  it('says worse by a newer fact, and fine again by taking that one back', async () => {
    await report('A-0405');
    const worse = await report('A-0405', 'damaged');
    expect(await stateOf('A-0405')).toMatchObject({ status: 'quarantined' });
    if (worse.operationId === null) throw new Error('not recorded');
    await device.recordOperation({ kind: 'undo', operationId: worse.operationId });
    expect(await stateOf('A-0405')).toMatchObject({ status: 'in_service', condition: 'ok' });
  });

  it('lists what is still out by event, without what came back or is lost', async () => {
    const codes = async () =>
      (await readStillOut(device.replica)).map(({ eventName, things }) => [
        eventName,
        ...things.map(({ code }) => code),
      ]);
    expect(await codes()).toEqual([['Alpina', 'A-0405', 'R-0001']]);
    await report('A-0405');
    await report('R-0001', 'lost');
    expect(await codes()).toEqual([]);
  });

  it('records photos with what they show, also of what lies here damaged already', async () => {
    const photos = [await takeTestPhoto(1)];
    const [photo] = photos;
    const job = { place: b41, disposition: 'damaged', note: null, photos } as const;
    await checkIn(capabilities(), { ...job, photos: [] }, { code: 'A-0405', assetId: null });
    await checkIn(capabilities(), job, { code: 'A-0405', assetId: null });
    const [first, second] = await device.intents();
    expect(first).not.toHaveProperty('attachments');
    expect(second).toMatchObject({ disposition: 'damaged', attachments: [photo?.file] });
    expect(await device.replica.getAll('SELECT id, state FROM attachment_queue')).toEqual([
      { id: photo?.file.id, state: 'queued_upload' },
    ]);
  });

  it('says nothing was recorded when storage is full', async () => {
    const full = { tag: 'storage_full', problem: 'database or disk is full' } as const;
    const answer = await checkIn(
      { ...capabilities(), recordOperation: async () => err(full) },
      { place: b41, disposition: 'ok', note: null, photos: [] },
      { code: 'A-0405', assetId: null },
    );
    expect(answer).toEqual(err(full));
  });

  it('offers places in walking order', async () => {
    expect((await readCheckInPlaces(device.replica)).map(({ code }) => code)).toEqual([
      'B4',
      'B4-1',
      'B4-2',
      'H',
      'K1',
      'K1-07',
    ]);
  });
});
