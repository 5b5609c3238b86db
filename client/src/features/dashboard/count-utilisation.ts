import type { Instant } from '@eventkit/shared/kernel/instant.ts';

/** Pieces of a product that the company owns and that can go out. */
export type Owned = { readonly productId: string; readonly category: string; readonly units: number };
/** What all pull lists of an event ask for of a product. */
export type Demand = { readonly eventId: string; readonly productId: string; readonly units: number };
/** Stock is bound to an event from loading to return. */
export type Bound = { readonly id: string; readonly loadAt: Instant; readonly returnAt: Instant };
/** `until` is the first instant that is not of the day any more. */
export type Day = { readonly from: Instant; readonly until: Instant };

export type Use = { readonly used: number; readonly owned: number };
export type Utilisation = {
  readonly byDay: readonly (Use & { readonly day: Day })[];
  /** In piece-days of the whole time, the most used first. */
  readonly byCategory: readonly (Use & { readonly category: string })[];
};

/**
 * How much of what is owned is planned out on each day. An event binds what its pull lists ask for on every day that it
 * touches between loading and return. More than is owned of a product is a shortage and no use of the stock, and does
 * not make up for another product that stands idle; so no day is above the whole.
 */
export function countUtilisation(
  events: readonly Bound[],
  demands: readonly Demand[],
  fleet: readonly Owned[],
  days: readonly Day[],
): Utilisation {
  const demandByEvent = Map.groupBy(demands, ({ eventId }) => eventId);
  const ownedByProduct = new Map(fleet.map((one) => [one.productId, one]));
  const all = fleet.reduce((sum, { units }) => sum + units, 0);
  const usedByCategory = new Map<string, number>();
  const byDay = days.map((day) => {
    const wanted = new Map<string, number>();
    for (const event of events) {
      if (event.loadAt >= day.until || event.returnAt < day.from) continue;
      for (const { productId, units } of demandByEvent.get(event.id) ?? []) {
        wanted.set(productId, (wanted.get(productId) ?? 0) + units);
      }
    }
    let used = 0;
    for (const [productId, units] of wanted) {
      const owned = ownedByProduct.get(productId);
      if (owned === undefined) continue;
      const inUse = Math.min(units, owned.units);
      used += inUse;
      usedByCategory.set(owned.category, (usedByCategory.get(owned.category) ?? 0) + inUse);
    }
    return { day, used, owned: all };
  });
  const byCategory = [...Map.groupBy(fleet, ({ category }) => category)]
    .map(([category, products]) => ({
      category,
      used: usedByCategory.get(category) ?? 0,
      owned: products.reduce((sum, { units }) => sum + units, 0) * days.length,
    }))
    .toSorted((a, b) => shareOf(b) - shareOf(a) || (a.category < b.category ? -1 : 1));
  return { byDay, byCategory };
}

/** From 0 to 1; nothing is used of nothing. */
export function shareOf({ used, owned }: Use): number {
  return owned === 0 ? 0 : used / owned;
}
