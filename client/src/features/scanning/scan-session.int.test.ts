import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEventLoad } from '#platform/scanner/read-event-load.ts';
import { createScanSession } from '#platform/scanner/scan-session.ts';
import { countOutcomes } from '#platform/scanner/session-log.ts';
import { newDepot, products, unit, units, winter } from '#platform/scanner/testing/scan-depot.ts';
import { openScanDevice, type ScanDevice } from '#platform/scanner/testing/scan-device.ts';
import { idOf } from '#platform/testing/test-ids.ts';
import { anna } from '#platform/testing/test-stock.ts';
import type { CheckOutDetail } from './check-out-detail.ts';
import { scanOut } from './scan-out.ts';

const BURST = 60;
const burstCode = (number: number) => `B-${String(number).padStart(4, '0')}`;

/** The test depot with sixty more heads of one product on a shelf, all wanted. */
function depotForBurst() {
  const numbers = Array.from({ length: BURST }, (_, index) => index + 1);
  const template = unit('A-0401');
  return newDepot().map((table) => {
    switch (table.table) {
      case 'assets': {
        const shelfRow = table.rows[units.indexOf(template)];
        const heads = numbers.map((number) => ({
          ...shelfRow,
          id: idOf(31, number),
          code: burstCode(number),
          product_id: products.rack,
        }));
        return { ...table, rows: [...table.rows, ...heads] };
      }
      case 'pull_list_lines': {
        const rows = table.rows.map((row) =>
          'order_key' in row && row['order_key'] === '4' ? { ...row, quantity: BURST } : row,
        );
        return { ...table, rows };
      }
      default:
        return table;
    }
  });
}

let device: ScanDevice;
beforeEach(async () => {
  device = await openScanDevice(depotForBurst());
});
afterEach(() => device.close());

function startSession() {
  const { replica, recordOperation } = device;
  let now = 0;
  const session = createScanSession<CheckOutDetail>({
    scan: (input) =>
      scanOut({ replica, recordOperation, userId: anna }, { eventId: winter, overrideReason: null }, input),
    recordOperation,
    signal: () => true,
    report: (error) => {
      throw error;
    },
    nowMs: () => {
      now += 10;
      return now;
    },
  });
  const idle = new Promise<void>((resolve) => {
    session.state.subscribe(({ waitingCount }) => {
      if (waitingCount === 0) resolve();
    });
  });
  return { session, idle };
}

describe('a burst on a real device', () => {
  it('records every code once, in order, faster than a person scans, and the count is right', async () => {
    const { session, idle } = startSession();
    for (let number = 1; number <= BURST; number += 1) {
      // Every trigger is pulled twice.
      session.submit({ code: burstCode(number), assetId: null });
      session.submit({ code: burstCode(number), assetId: null });
    }
    await idle;
    const codes = (await device.intents()).map((intent) =>
      intent.kind === 'check_out' ? intent.asset.code : '',
    );
    expect(codes).toEqual(Array.from({ length: BURST }, (_, index) => burstCode(index + 1)));
    expect(countOutcomes(session.state.current().log)).toMatchObject({
      ok: BURST,
      already: 0,
      wrong_event: 0,
    });
    expect((await readEventLoad(device.replica, winter)).outCount).toBe(BURST);
    expect(session.state.current().log[0]?.completesLine).toBe(true);
  });

  it('takes back the last ones by new entries, and they can go out again', async () => {
    const { session, idle } = startSession();
    for (const number of [1, 2, 3]) session.submit({ code: burstCode(number), assetId: null });
    await idle;
    await session.undoLast();
    await session.undoLast();
    expect((await readEventLoad(device.replica, winter)).outCount).toBe(1);
    expect((await device.intents()).map(({ kind }) => kind)).toEqual([
      'check_out',
      'check_out',
      'check_out',
      'undo',
      'undo',
    ]);
    const again = await scanOut(
      { replica: device.replica, recordOperation: device.recordOperation, userId: anna },
      { eventId: winter, overrideReason: null },
      { code: burstCode(3), assetId: null },
    );
    expect(again).toMatchObject({ ok: true, value: { outcome: 'ok' } });
  });
});
