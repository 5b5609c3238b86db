import type { StocktakeReading } from './read-variances.ts';

export type Shelf = {
  readonly id: string;
  readonly code: string;
  readonly counted: number;
  readonly expected: number;
};

/** How far each place of the scope is: lines counted there, and lines that the books have there. */
export function shelvesOf({ scope, variances }: StocktakeReading): Shelf[] {
  const counted = new Map<string, number>();
  const expected = new Map<string, number>();
  const add = (to: Map<string, number>, id: string | undefined) => {
    if (id !== undefined) to.set(id, (to.get(id) ?? 0) + 1);
  };
  for (const { thing, seen, counted: number, outcome, expected: books, expectedQuantity } of variances) {
    const stockPlace = thing.kind === 'stock' ? thing.place.id : undefined;
    if (seen !== null) add(counted, seen.id);
    if (number !== null || outcome === 'differs') add(counted, stockPlace);
    if (books?.place?.kind === 'location') add(expected, books.place.id);
    if ((expectedQuantity ?? 0) !== 0) add(expected, stockPlace);
  }
  return scope.locations
    .map(({ id, code }) => ({ id, code, counted: counted.get(id) ?? 0, expected: expected.get(id) ?? 0 }))
    .filter((shelf) => shelf.counted > 0 || shelf.expected > 0);
}
