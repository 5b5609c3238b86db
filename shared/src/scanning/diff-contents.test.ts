import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AssetId, ProductId } from '#kernel/ids.ts';
import { runs } from '#test/property-runs.ts';
import { testId } from '#test/test-ids.ts';
import { type Content, diffContents } from './diff-contents.ts';
import { templateProgress } from './template-progress.ts';

const lamp = testId<ProductId>('product', 1);
const cable = testId<ProductId>('product', 2);
const thing = (n: number, productId: ProductId | null = lamp): Content => ({
  id: testId<AssetId>('asset', n),
  productId,
});
const id = (n: number) => testId<AssetId>('asset', n);

describe('what differs from the list of a case', () => {
  it('[SC15] is missing, extra, or one of a product for another', () => {
    const list = [thing(1), thing(2), thing(3, cable)];
    expect(diffContents(list, [thing(1), thing(4), thing(5, cable), thing(6, cable)])).toEqual({
      missing: [],
      extra: [id(6)],
      swapped: [
        { missing: id(2), extra: id(4) },
        { missing: id(3), extra: id(5) },
      ],
    });
    expect(diffContents(list, [thing(1)])).toMatchObject({ missing: [id(2), id(3)], extra: [] });
    expect(diffContents([thing(1, null)], [thing(2, null)])).toMatchObject({ swapped: [] });
  });

  it('[SC15] tells each thing once, and nothing where both are the same', () => {
    const contents = fc.array(fc.nat(8).map((n) => thing(n, n % 3 === 0 ? cable : lamp)));
    fc.assert(
      fc.property(contents, contents, (list, inside) => {
        expect(diffContents(list, list)).toEqual({ missing: [], extra: [], swapped: [] });
        const { missing, extra, swapped } = diffContents(list, inside);
        const listed = new Set(list.map((one) => one.id));
        const present = new Set(inside.map((one) => one.id));
        const gone = [...missing, ...swapped.map((pair) => pair.missing)];
        const came = [...extra, ...swapped.map((pair) => pair.extra)];
        expect(new Set(gone)).toEqual(new Set([...listed].filter((one) => !present.has(one))));
        expect(new Set(came)).toEqual(new Set([...present].filter((one) => !listed.has(one))));
        expect(new Set([...gone, ...came]).size).toBe(gone.length + came.length);
      }),
      runs(300),
    );
  });
});

describe('a case as it belongs', () => {
  it('[SC16] counts what the template asks for, names what is missing, and what is too much', () => {
    const template = [
      { productId: lamp, quantity: 4 },
      { productId: cable, quantity: 2 },
      { productId: lamp, quantity: 1 },
    ];
    expect(templateProgress(template, [lamp, lamp, lamp, cable, cable, cable])).toEqual({
      wantedCount: 7,
      insideCount: 5,
      missing: [{ productId: lamp, count: 2 }],
      surplusCount: 1,
    });
    expect(templateProgress([], [lamp])).toMatchObject({ wantedCount: 0, missing: [], surplusCount: 1 });
  });
});
