import type { AssetId, DeviceId, MovementId, OperationId } from '#kernel/ids.ts';
import type { Place } from './asset-state.ts';
import { compareMovements } from './compare-movements.ts';
import type { Movement, MovementKind } from './movement.ts';

/** A movement that brings an asset somewhere: every kind but the undo. */
export type Fact = Movement & { readonly kind: Exclude<MovementKind, 'undo'>; readonly to: Place };

/** [LG1] [LG2] [LG3] The facts that count, each once, in the order in which they happened. */
export function countedMovements(movements: Iterable<Movement>): Fact[] {
  const factsById = new Map<MovementId, Fact>();
  const undone = new Set<string>();
  for (const movement of movements) {
    if (movement.kind === 'undo') undone.add(undoKey(movement.undoesOperationId, movement));
    else if (isFact(movement)) factsById.set(movement.id, movement);
    else throw new Error(`movement ${movement.id} (${movement.kind}) leads nowhere`);
  }
  const facts = [...factsById.values()];
  // Histories are long and undos rare: keys are made only where one is there.
  const counted =
    undone.size === 0 ? facts : facts.filter((fact) => !undone.has(undoKey(fact.operationId, fact)));
  return counted.sort(compareMovements);
}

function isFact(movement: Movement): movement is Fact {
  return movement.kind !== 'undo' && movement.to !== null;
}

function undoKey(operationId: OperationId | null, by: { assetId: AssetId; deviceId: DeviceId }): string {
  return `${operationId} ${by.assetId} ${by.deviceId}`;
}
