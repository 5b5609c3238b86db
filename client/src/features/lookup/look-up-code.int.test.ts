import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { places, unit } from '#platform/scanner/testing/scan-depot.ts';
import { openScanDevice, type ScanDevice } from '#platform/scanner/testing/scan-device.ts';
import { lookUpCode } from './look-up-code.ts';

let device: ScanDevice;
beforeEach(async () => {
  device = await openScanDevice();
});
afterEach(() => device.close());

const lookUp = (text: string, length = text.length) => lookUpCode(device.replica, { text, length });

describe('a code scanned where nothing scans', () => {
  it('leads to the thing or the place that it labels, by any of its labels', async () => {
    expect(await lookUp('A-0401')).toEqual({ kind: 'asset', id: unit('A-0401').id });
    expect(await lookUp('QR-77')).toEqual({ kind: 'asset', id: unit('A-0401').id });
    expect(await lookUp('B4-2')).toEqual({ kind: 'location', id: places.binB42 });
  });

  it('is said to be unknown, and nothing is recorded', async () => {
    expect(await lookUp('NOBODY-KNOWS-1')).toEqual({ kind: 'unknown', code: 'NOBODY-KNOWS-1' });
    expect(await device.replica.getAll('SELECT 1 FROM outbox')).toEqual([]);
  });

  it('can be no code at all', async () => {
    expect(await lookUp('Q'.repeat(600), 10_000)).toEqual({ kind: 'too_long', code: 'Q'.repeat(64) });
    expect(await lookUp('\u200b\u200b\u200b')).toMatchObject({ kind: 'empty' });
  });
});
