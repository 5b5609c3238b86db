import type { AssetId } from '#kernel/ids.ts';
import type { Movement } from '#ledger/movement.ts';
import type { Retargeted, WorkingSet } from '#operations/working-set.ts';
import { thingsOfOperation } from './things-of-operation.ts';
import { allMovements } from './unknown-codes.ts';

/**
 * [LB3] The movements that are about other assets now that the history of these codes has changed, and the undos of
 * these. `workingSet` has the new history already.
 */
export function retarget(workingSet: WorkingSet, codes: ReadonlySet<string>): Retargeted[] {
  const all = allMovements(workingSet);
  const operationIds = new Set(
    all.flatMap(({ code, kind, operationId }) =>
      kind !== 'undo' && code !== null && codes.has(code) ? [operationId] : [],
    ),
  );
  const byOperationId = Map.groupBy(all, ({ operationId }) => operationId);
  return [...operationIds].flatMap((id) => {
    const thingsByReading = thingsOf(byOperationId.get(id) ?? [], workingSet);
    const undos = all.filter(({ undoesOperationId }) => undoesOperationId === id);
    return [...(byOperationId.get(id) ?? []), ...undos].flatMap((movement) => {
      const key = readingKey(movement);
      const assetId = thingsByReading.get(key) ?? null;
      if (!thingsByReading.has(key) || assetId === movement.assetId) return [];
      return [{ fromAssetId: movement.assetId, movement: { ...movement, assetId } }];
    });
  });
}

function thingsOf(members: readonly Movement[], workingSet: WorkingSet): Map<string, AssetId | null> {
  const inOrder = members.toSorted((a, b) => positionOf(a) - positionOf(b));
  const things = thingsOfOperation(inOrder, workingSet);
  return new Map(inOrder.map((movement, index) => [readingKey(movement), things[index] ?? null]));
}

/** What tells the readings of one operation apart, and joins an undo with what it takes back. */
export function readingKey({ code, namedAssetId }: Pick<Movement, 'code' | 'namedAssetId'>): string {
  return code === null ? `by hand ${namedAssetId}` : `read ${code}`;
}

/** The place of a movement within its operation, `<operation id>:<position>`. */
export function positionOf({ id }: { readonly id: string }): number {
  return Number(id.slice(id.lastIndexOf(':') + 1));
}
