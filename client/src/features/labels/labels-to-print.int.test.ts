import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { products, unit } from '#platform/scanner/testing/scan-depot.ts';
import { openScanDevice, type ScanDevice } from '#platform/scanner/testing/scan-device.ts';
import {
  blankLabels,
  LABEL_OF_ASSET,
  LABELS_OF_PRODUCT,
  type LabelToPrint,
  prefixOfCompany,
} from './labels-to-print.ts';

let device: ScanDevice;
beforeEach(async () => {
  device = await openScanDevice();
});
afterEach(() => device.close());

const read = (sql: string, id: string) => device.replica.getAll<LabelToPrint>(sql, [id]);

describe('labels to print', () => {
  it('are those of an asset, or of every asset of a product that is not retired', async () => {
    expect(await read(LABEL_OF_ASSET, unit('A-0401').id)).toEqual([
      { code: 'A-0401', title: 'Robe MegaPointe' },
    ]);
    const codes = async () => (await read(LABELS_OF_PRODUCT, products.motor)).map(({ code }) => code);
    expect(await codes()).toEqual(['M-0031', 'M-0034']);
    const asset = { code: 'M-0034', assetId: unit('M-0034').id, observed: null };
    await device.recordOperation({ kind: 'retire', asset, reason: 'sold' });
    expect(await codes()).toEqual(['M-0031']);
  });

  it('are blank with a code each, from the bytes that were drawn', () => {
    let next = 0;
    const labels = blankLabels('NL', 2, (bytes) => bytes.fill(next++));
    expect(labels).toEqual([
      { code: 'NL-0000-0000', title: '' },
      { code: 'NL-1111-1111', title: '' },
    ]);
  });

  it('begin with the initials of the company, where it has some', () => {
    expect(prefixOfCompany('Nordlicht Veranstaltungstechnik')).toBe('NV');
    expect(prefixOfCompany('Über Licht & Ton GmbH')).toBe('ULT');
    expect(prefixOfCompany('影')).toBe('L');
  });
});
