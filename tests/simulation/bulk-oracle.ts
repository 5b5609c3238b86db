import type { ApproveStocktake } from '@eventkit/shared/stocktake/stocktake-intents.ts';
import type { Told } from './ledger-oracle.ts';

/** What all stocks of loose pieces must come to, worked out a second time from what was told. */
export type ExpectedBulk = {
  readonly quantitiesByStock: ReadonlyMap<string, number>;
  /** `<id> <status>` of every shortage. */
  readonly conflicts: readonly string[];
};

type Entry = {
  readonly id: string;
  readonly stock: string;
  readonly counted: number | null;
  readonly by: number;
  readonly at: string;
};

export function expectBulk(told: readonly Told[]): ExpectedBulk {
  const undone = new Set(
    told.flatMap(({ operation: { intent, deviceId } }) =>
      intent.kind === 'undo' ? [`${intent.operationId} ${deviceId}`] : [],
    ),
  );
  const inOrder = told
    .flatMap(({ operation, effectiveAt }) =>
      entriesOf(operation, effectiveAt).map((entry) => ({ ...entry, operation })),
    )
    .toSorted(
      (a, b) =>
        compare(a.at, b.at) ||
        compare(a.operation.deviceId, b.operation.deviceId) ||
        a.operation.sequence - b.operation.sequence ||
        compare(a.id, b.id),
    );
  const quantitiesByStock = new Map<string, number>();
  const openByStock = new Map<string, string>();
  const settled: string[] = [];
  for (const { operation, id, stock, counted, by } of inOrder) {
    const isUndone = undone.has(`${operation.id} ${operation.deviceId}`);
    const before = quantitiesByStock.get(stock) ?? 0;
    const after = isUndone ? before : (counted ?? before + by);
    quantitiesByStock.set(stock, after);
    const open = openByStock.get(stock);
    if (after < 0 && open === undefined) openByStock.set(stock, `bulk_short:${id}`);
    if (after >= 0 && open !== undefined) {
      settled.push(`${open} settled`);
      openByStock.delete(stock);
    }
  }
  return {
    quantitiesByStock,
    conflicts: [...settled, ...[...openByStock.values()].map((id) => `${id} open`)],
  };
}

function entriesOf({ id, intent }: Told['operation'], effectiveAt: string): Entry[] {
  const at = (place: { kind: string; id: string }, product: string) => `${product}:${place.kind}:${place.id}`;
  if (intent.kind === 'count_bulk') {
    return [
      {
        id: `${id}:0`,
        stock: at(intent.place, intent.productId),
        counted: intent.quantity,
        by: 0,
        at: effectiveAt,
      },
    ];
  }
  if (intent.kind === 'approve_stocktake') return adjustedStocks(id, intent, effectiveAt);
  if (intent.kind !== 'move_bulk') return [];
  const sides = [
    ...(intent.from === null ? [] : [{ place: intent.from, by: -intent.quantity }]),
    ...(intent.to === null ? [] : [{ place: intent.to, by: intent.quantity }]),
  ];
  return sides.map(({ place, by }, index) => ({
    id: `${id}:${index}`,
    stock: at(place, intent.productId),
    counted: null,
    by,
    at: effectiveAt,
  }));
}

/** Facts are numbered through: the stocktake's own first, then for each line its own and that of the stock. */
function adjustedStocks(id: string, { adjustments }: ApproveStocktake, effectiveAt: string): Entry[] {
  let position = 0;
  return adjustments.flatMap((one): Entry[] => {
    position += one.kind === 'quantity' ? 2 : 1;
    if (one.kind !== 'quantity') return [];
    const stock = `${one.productId}:${one.place.kind}:${one.place.id}`;
    const at = one.asOf < effectiveAt ? one.asOf : effectiveAt;
    return [{ id: `${id}:${position}`, stock, counted: one.quantity, by: 0, at }];
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
