import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MEMBERS_OF_CASES } from '#platform/scanner/case-contents.ts';
import { ASSET_BY_ID, ASSET_BY_LABEL, CASES_BY_ID, LOCATION_BY_LABEL } from '#platform/scanner/find-asset.ts';
import { ASSETS_ON_EVENT, LINES_OF_EVENT, STAND_INS_ON_EVENT } from '#platform/scanner/read-event-load.ts';
import { LAST_FACT } from '#platform/scanner/read-subject.ts';
import { openScanDevice, type ScanDevice } from '#platform/scanner/testing/scan-device.ts';
import { UNITS_OF_PRODUCTS } from './read-missing.ts';
import { FREE_TWINS } from './read-twin.ts';
import { UNITS_OF_PRODUCT } from './read-units.ts';

let device: ScanDevice;
beforeAll(async () => {
  device = await openScanDevice();
});
afterAll(() => device.close());

async function planOf(sql: string): Promise<string[]> {
  const parameters = Array.from({ length: sql.split('?').length - 1 }, () => '[]');
  const rows = await device.replica.getAll<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, parameters);
  return rows.map(({ detail }) => detail);
}

/** A step that reads a whole table of the size of the stock. */
const FULL_SCAN = /^SCAN (a|l|m|assets|labels|movements|assets_overlay|movements_overlay)\b(?!.*USING)/;

describe('what a scan asks the database', () => {
  const statements = {
    ASSET_BY_LABEL,
    ASSET_BY_ID,
    CASES_BY_ID,
    LOCATION_BY_LABEL,
    MEMBERS_OF_CASES,
    LAST_FACT,
    LINES_OF_EVENT,
    ASSETS_ON_EVENT,
    STAND_INS_ON_EVENT,
    UNITS_OF_PRODUCTS,
    UNITS_OF_PRODUCT,
    FREE_TWINS,
  };
  it.each(Object.entries(statements))('%s goes by indexes, however large the stock', async (_, sql) => {
    const plan = await planOf(sql);
    expect(plan.some((step) => step.startsWith('SEARCH'))).toBe(true);
    // The group by of a view scans what its halves have found by index.
    const inner = plan.filter((step) => step !== 'SCAN a' || !plan.includes('CO-ROUTINE assets_now'));
    expect(inner.filter((step) => FULL_SCAN.test(step))).toEqual([]);
  });

  it('would tell a full scan', async () => {
    const plan = await planOf("SELECT id FROM assets_now WHERE serial = 'x'");
    expect(plan.filter((step) => FULL_SCAN.test(step))).not.toEqual([]);
  });
});
