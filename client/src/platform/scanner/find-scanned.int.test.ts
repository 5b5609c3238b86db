import { afterEach, beforeEach, expect, it } from 'vitest';
import { findScanned } from './find-scanned.ts';
import { openScanDevice, type ScanDevice } from './testing/scan-device.ts';
import { defaultWedgeSettings, emptyWedge, readWedgeKey, type WedgeCode } from './wedge-reader.ts';

let device: ScanDevice;
beforeEach(async () => {
  device = await openScanDevice();
});
afterEach(() => device.close());

/** What a wedge makes of this text and Enter, one key a millisecond. */
function wedged(text: string): WedgeCode {
  const keys = [...text, 'Enter'];
  let state = emptyWedge;
  for (const [index, key] of keys.entries()) {
    const flags = { isRepeat: false, isCommand: false, isInField: false };
    const step = readWedgeKey(defaultWedgeSettings, state, { key, atMs: 1000 + index, ...flags });
    if (step.code) return step.code;
    state = step.state;
  }
  throw new Error('no code');
}

it('tells how long a code was that no label can hold, also where the reader cut it', async () => {
  const { text, length } = wedged('Q'.repeat(10_000));
  expect(text.length).toBeLessThan(10_000);
  const answer = await findScanned(device.replica, { code: text, assetId: null, sentLength: length });
  expect(answer).toMatchObject({ ok: false, error: { why: 'too_long', length: 10_000 } });
  const uncut = await findScanned(device.replica, { code: 'Q'.repeat(900), assetId: null });
  expect(uncut).toMatchObject({ ok: false, error: { length: 900 } });
});

it('finds a place by its label, and by the code that stands on it where it has none', async () => {
  for (const code of ['B4-2', 'B4-1']) {
    const answer = await findScanned(device.replica, { code, assetId: null });
    expect(answer).toMatchObject({ ok: true, value: { found: { kind: 'location', location: { code } } } });
  }
});
