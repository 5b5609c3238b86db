import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseCatalogue } from './parse-catalogue.ts';

const HEAD = 'source,manufacturer,model,category,weight_kg,width_mm,height_mm,depth_mm,power_w,dmx_connector';
const parse = (...rows: string[]) => parseCatalogue([HEAD, ...rows].join('\n'));

describe('the catalogue', () => {
  test('reads kilograms as grams and rounds millimetres and watts', () => {
    const { products, summary } = parse('ofl-npm,Robe,Pointe,Moving Head,15.25,399.6,580,260,470.4,5-pin');
    expect(products).toEqual([
      {
        source: 'ofl-npm',
        manufacturer: 'Robe',
        model: 'Pointe',
        category: 'Moving Head',
        weightGrams: 15250,
        widthMillimetres: 400,
        heightMillimetres: 580,
        depthMillimetres: 260,
        powerWatts: 470,
      },
    ]);
    expect(summary).toMatchObject({ rowCount: 1, productCount: 1, centimetreCount: 0, implausibleCount: 0 });
  });

  test('takes centimetres for what they are, by the weight that they would give', () => {
    const { products, summary } = parse('ofl-npm,Hazebase,base,Hazer,18,59.4,18.5,54,1500,');
    expect(products[0]).toMatchObject({
      widthMillimetres: 594,
      heightMillimetres: 185,
      depthMillimetres: 540,
    });
    expect(summary.centimetreCount).toBe(1);
  });

  test('leaves out size and weight that cannot both be true', () => {
    const { products, summary } = parse('x,Eurolite,THA-250F,Lamp,5.5,3356,3985,4573,265,3-pin');
    expect(products[0]).toMatchObject({ weightGrams: null, widthMillimetres: null, powerWatts: 265 });
    expect(summary.implausibleCount).toBe(1);
  });

  test('knows that no power, and power that no lamp takes, are not known', () => {
    const { products, summary } = parse(
      'x,A,One,Lamp,5,200,200,200,,3-pin',
      'x,A,Two,Lamp,5,200,200,200,0,3-pin',
      'x,A,Three,Lamp,5,200,200,200,11000,3-pin',
    );
    expect(products.map(({ powerWatts }) => powerWatts)).toEqual([null, null, null]);
    expect(summary.withoutPowerCount).toBe(3);
  });

  test('takes spellings of one maker together, and rows of one product, the more careful source first', () => {
    const { products, summary } = parse(
      'qlcplus-deb,Chauvet DJ,SlimPAR Pro H USB,Lamp,2,200,200,200,90,3-pin',
      'ofl-npm,Chauvet,SlimPAR Pro H-USB,Lamp,2.9,200,200,200,90,3-pin',
      'qlcplus-deb,Chauvet,Other,Lamp,2,200,200,200,90,3-pin',
    );
    expect(products.map(({ manufacturer, weightGrams }) => [manufacturer, weightGrams])).toEqual([
      ['Chauvet', 2900],
      ['Chauvet', 2000],
    ]);
    expect(summary).toMatchObject({
      duplicateCount: 1,
      disagreeingCount: 1,
      respelledMakers: ['Chauvet DJ as Chauvet'],
    });
  });

  test('keeps makers apart that only begin alike', () => {
    const { summary } = parse(
      'x,JB Systems,Wash,Lamp,5,200,200,200,90,',
      'x,JB-Lighting,Wash,Lamp,5,200,200,200,90,',
    );
    expect(summary).toMatchObject({ productCount: 2, respelledMakers: [] });
  });

  test('counts rows that say too little', () => {
    expect(parse('x,,Wash,Lamp,5,2,2,2,9,', 'x,A,B').summary).toMatchObject({
      productCount: 0,
      unusableCount: 2,
    });
  });

  test('says of the real one what is wrong with it', () => {
    const { products, summary } = parseCatalogue(
      readFileSync(new URL('../../../data/catalog.csv', import.meta.url), 'utf8'),
    );
    expect(products).toHaveLength(summary.productCount);
    expect(summary).toMatchObject({
      rowCount: 1833,
      productCount: 1719,
      unusableCount: 0,
      centimetreCount: 15,
      implausibleCount: 12,
      duplicateCount: 114,
      disagreeingCount: 11,
    });
    expect(summary.respelledMakers).toContain('U`King as UKing');
  });
});
