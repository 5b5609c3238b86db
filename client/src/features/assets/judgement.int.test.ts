import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import { permissions } from '@eventkit/shared/permissions/roles.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findAsset } from '#platform/scanner/find-asset.ts';
import { places, unit } from '#platform/scanner/testing/scan-depot.ts';
import { openScanDevice, type ScanDevice } from '#platform/scanner/testing/scan-device.ts';
import { takeTestPhoto } from '#platform/testing/test-photo.ts';
import { type JudgementForm, type JudgementKind, judgementsOf } from './judgement.ts';
import { readHistory } from './read-history.ts';
import { judge } from './test-judge.ts';

let device: ScanDevice;
beforeEach(async () => {
  device = await openScanDevice();
});
afterEach(() => device.close());

async function pointe() {
  const asset = await findAsset(device.replica, unit('A-0401').id);
  if (asset === null) throw new Error('A-0401 is not here');
  return asset;
}

async function say(kind: JudgementKind, form: Partial<JudgementForm>) {
  const before = await pointe();
  expect(judgementsOf(before.state.status, permissions)).toContain(kind);
  const recorded = await judge(device, 'A-0401', kind, form);
  expect(recorded).toMatchObject({ ok: true, value: { decision: { verdict: 'applied' } } });
  return pointe();
}

describe('saying how a thing is', () => {
  it('holds back, releases and retires it where it lies', async () => {
    const { place } = (await pointe()).state;
    expect((await say('quarantine', { words: ' lamp flickers ' })).state.status).toBe('quarantined');
    expect((await say('release', {})).state.status).toBe('in_service');
    expect((await say('retire', { words: 'sold' })).state).toMatchObject({ status: 'retired', place });
    expect(judgementsOf('retired', permissions)).toEqual([]);
    expect(await device.intents()).toMatchObject([
      { kind: 'quarantine', reason: 'lamp flickers', asset: { observed: { status: 'in_service' } } },
      { kind: 'release', note: null },
      { kind: 'retire', reason: 'sold' },
    ]);
  });

  it('shows why it was held back, in the history', async () => {
    const photo = await takeTestPhoto(1);
    await say('quarantine', { words: 'lamp flickers', photos: [photo] });
    expect(await readHistory(device.replica, unit('A-0401').id)).toMatchObject([
      { kind: 'quarantine', attachments: [{ id: photo.file.id, isHere: true, isUploaded: false }] },
    ]);
  });

  it('gives into repair, and fails it at a test until it passes one', async () => {
    expect((await say('repair_start', { words: 'new lamp' })).state.status).toBe('in_repair');
    expect((await say('repair_done', {})).state.status).toBe('in_service');
    expect((await say('inspect', { words: 'earth', outcome: 'failed' })).state.status).toBe('quarantined');
    expect((await say('inspect', { words: 'earth' })).state.status).toBe('in_service');
  });

  it('finds a lost thing again, where somebody says that it lies', async () => {
    const { replica, recordOperation } = device;
    const before = await pointe();
    await recordOperation({
      kind: 'check_in',
      asset: { code: before.code, assetId: before.id, observed: null },
      locationId: places.binB42,
      disposition: 'lost',
      note: null,
    });
    expect((await pointe()).state.status).toBe('lost');
    const found = await say('found', { locationId: places.binK107, words: 'behind the rack' });
    expect(found.state).toMatchObject({
      status: 'in_service',
      place: { kind: 'location', id: places.binK107 },
    });
    expect(await readHistory(replica, found.id)).toMatchObject([{ kind: 'found' }, { kind: 'check_in' }]);
  });

  it('is due from the moment that was said', async () => {
    const inspectionDueAt = instantOfMs(Date.UTC(2020, 2, 1));
    const due = await say('inspect', { words: 'earth', inspectionDueAt });
    expect(due.state.inspectionDueAt).toBe(inspectionDueAt);
    expect(due.isInspectionOverdue).toBe(true);
    const later = await say('inspect', {
      words: 'earth',
      inspectionDueAt: instantOfMs(Date.UTC(2120, 2, 1)),
    });
    expect(later.isInspectionOverdue).toBe(false);
  });
});
