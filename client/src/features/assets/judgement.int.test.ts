import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findAsset } from '#platform/scanner/find-asset.ts';
import { unit } from '#platform/scanner/testing/scan-depot.ts';
import { openScanDevice, type ScanDevice } from '#platform/scanner/testing/scan-device.ts';
import { judgementOf, judgementsOf } from './judgement.ts';

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

describe('saying how a thing is', () => {
  it('holds back, releases and retires it where it lies', async () => {
    const { place } = (await pointe()).state;
    for (const [kind, words, status] of [
      ['quarantine', ' lamp flickers ', 'quarantined'],
      ['release', '', 'in_service'],
      ['retire', 'sold', 'retired'],
    ] as const) {
      const before = await pointe();
      expect(judgementsOf(before.state.status)).toContain(kind);
      const recorded = await device.recordOperation(judgementOf(kind, before, words));
      expect(recorded).toMatchObject({ ok: true, value: { decision: { verdict: 'applied' } } });
      expect((await pointe()).state).toMatchObject({ status, place });
    }
    expect(judgementsOf('retired')).toEqual([]);
    expect(await device.intents()).toMatchObject([
      { kind: 'quarantine', reason: 'lamp flickers', asset: { observed: { status: 'in_service' } } },
      { kind: 'release', note: null },
      { kind: 'retire', reason: 'sold' },
    ]);
  });
});
