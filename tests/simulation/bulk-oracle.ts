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
};

export function expectBulk(told: readonly Told[]): ExpectedBulk {
  const undone = new Set(
    told.flatMap(({ operation: { intent, deviceId } }) =>
      intent.kind === 'undo' ? [`${intent.operationId} ${deviceId}`] : [],
    ),
  );
  const inOrder = told.toSorted(
    (a, b) =>
      compare(a.effectiveAt, b.effectiveAt) ||
      compare(a.operation.deviceId, b.operation.deviceId) ||
      a.operation.sequence - b.operation.sequence,
  );
  const quantitiesByStock = new Map<string, number>();
  const openByStock = new Map<string, string>();
  const settled: string[] = [];
  for (const { operation } of inOrder) {
    const isUndone = undone.has(`${operation.id} ${operation.deviceId}`);
    for (const { id, stock, counted, by } of entriesOf(operation)) {
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
  }
  return {
    quantitiesByStock,
    conflicts: [...settled, ...[...openByStock.values()].map((id) => `${id} open`)],
  };
}

function entriesOf({ id, intent }: Told['operation']): Entry[] {
  const at = (place: { kind: string; id: string }, product: string) => `${product}:${place.kind}:${place.id}`;
  if (intent.kind === 'count_bulk') {
    return [{ id: `${id}:0`, stock: at(intent.place, intent.productId), counted: intent.quantity, by: 0 }];
  }
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
  }));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
