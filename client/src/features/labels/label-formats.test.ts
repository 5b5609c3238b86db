import { describe, expect, it } from 'vitest';
import { labelFormats, labelsOnPage, pagesOf } from './label-formats.ts';

const { roll, sheet } = labelFormats;
const labels = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('the pages that labels are printed on', () => {
  it('hold one of a roll, and twenty-four of a sheet that fit on A4', () => {
    expect(pagesOf(labels(3), roll, 0)).toEqual([[0], [1], [2]]);
    expect(labelsOnPage(sheet)).toBe(24);
    expect(sheet.columns * sheet.widthMillimetres).toBeLessThanOrEqual(210);
    expect(sheet.rows * sheet.heightMillimetres).toBeLessThanOrEqual(297);
    expect(pagesOf(labels(25), sheet, 0).map(({ length }) => length)).toEqual([24, 1]);
    expect(pagesOf([], sheet, 0)).toEqual([]);
  });

  it('begin where a sheet was left, on the first page only; a roll has no such place', () => {
    const pages = pagesOf(labels(23), sheet, 2);
    expect(pages.map(({ length }) => length)).toEqual([24, 1]);
    expect(pages[0]?.slice(0, 3)).toEqual([null, null, 0]);
    expect(pagesOf(labels(1), sheet, 99)[0]).toHaveLength(24);
    expect(pagesOf(labels(1), roll, 5)).toEqual([[0]]);
  });
});
