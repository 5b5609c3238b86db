import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs } from '#test/property-runs.ts';
import { readWidgets, type Widget, widgetDays, widgetKinds } from './widgets.ts';

const arbitraryWidget: fc.Arbitrary<Widget> = fc.record({
  kind: fc.constantFrom(...widgetKinds),
  days: fc.constantFrom(...widgetDays),
  isWide: fc.boolean(),
});

test('widgets come back as they were kept, and nothing else of whatever else is kept', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(arbitraryWidget, fc.json())), (kept) => {
      const known = kept.filter((one) => typeof one === 'object');
      expect(readWidgets(JSON.stringify(kept))).toEqual(known);
    }),
    runs(200),
  );
});

test('what is no list of widgets is an empty one, and what is not known gets the least', () => {
  for (const text of ['', '{', 'null', '7', '{"kind":"overdue"}']) expect(readWidgets(text)).toEqual([]);
  expect(readWidgets('[{"kind":"overdue","days":8},{"kind":"revenue"}]')).toEqual([
    { kind: 'overdue', days: 7, isWide: false },
  ]);
});
