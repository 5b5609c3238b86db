import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createScanSession } from '#platform/scanner/scan-session.ts';
import { newDepot, places } from '#platform/scanner/testing/scan-depot.ts';
import { openScanDevice, type ScanDevice } from '#platform/scanner/testing/scan-device.ts';
import { anna } from '#platform/testing/test-stock.ts';
import { createCheckInDesk } from './check-in-desk.ts';

const fine = { disposition: 'ok', note: null, photos: [] } as const;

let device: ScanDevice;
afterEach(() => device.close());

function storage() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

function openDesk(kept = storage()) {
  const { replica, recordOperation } = device;
  return createCheckInDesk({ replica, recordOperation, userId: anna }, kept);
}

describe('the desk where things come back', () => {
  beforeEach(async () => {
    device = await openScanDevice();
  });

  it('puts what follows a shelf label on that shelf, however fast it follows', async () => {
    const desk = openDesk();
    desk.putDownAt({ id: places.binB41, code: 'B4-1', name: '' });
    const session = createScanSession({
      scan: async (input) => {
        const answer = await desk.scan(fine, input);
        if (!answer.ok) return answer;
        return { ok: true, value: answer.value?.kind === 'report' ? answer.value.report : null };
      },
      recordOperation: device.recordOperation,
      signal: () => true,
      nowMs: () => 0,
      report: (error) => {
        throw error;
      },
    });
    const idle = new Promise<void>((resolve) => {
      session.state.subscribe(({ waitingCount }) => {
        if (waitingCount === 0) resolve();
      });
    });
    for (const code of ['A-0405', 'B4-2', 'A-0406']) session.submit({ code, assetId: null });
    await idle;
    const intents = await device.intents();
    expect(intents.map((intent) => (intent.kind === 'check_in' ? intent.locationId : null))).toEqual([
      places.binB41,
      places.binB42,
    ]);
  });

  it('takes the first scan before anything was read or picked, at the place of last time', async () => {
    const kept = storage();
    openDesk(kept).putDownAt({ id: places.binB42, code: 'B4-2', name: '' });
    const answer = await openDesk(kept).scan(fine, { code: 'A-0405', assetId: null });
    expect(answer).toMatchObject({ ok: true, value: { kind: 'report', report: { outcome: 'ok' } } });
    expect(await device.intents()).toMatchObject([{ kind: 'check_in', locationId: places.binB42 }]);
  });
});

it('records nothing in a depot without places', async () => {
  device = await openScanDevice(
    newDepot().map((table) => (table.table === 'storage_locations' ? { ...table, rows: [] } : table)),
  );
  expect(await openDesk().scan(fine, { code: 'A-0405', assetId: null })).toEqual({ ok: true, value: null });
  expect(await device.intents()).toEqual([]);
});
