import type { AssetId, DeviceId, OperationId } from '#kernel/ids.ts';
import type { Place } from './asset-state.ts';
import { compareMovements } from './compare-movements.ts';
import type { Movement, MovementKind } from './movement.ts';

/** A movement that brings an asset somewhere: every kind but the undo. */
export type Fact = Movement & { readonly kind: Exclude<MovementKind, 'undo'>; readonly to: Place };

/** [LG1] [LG2] [LG3] The facts that count, each once, in the order in which they happened. */
export function countedMovements(movements: Iterable<Movement>): Fact[] {
  const factsById = new Map<string, Fact>();
  const undone = new Set<string>();
  for (const movement of movements) {
    if (movement.kind !== 'undo') factsById.set(movement.id, factOf(movement));
    else if (movement.undoesOperationId !== null) undone.add(undoKey(movement.undoesOperationId, movement));
  }
  return [...factsById.values()]
    .filter((fact) => !undone.has(undoKey(fact.operationId, fact)))
    .sort(compareMovements);
}

function undoKey(operationId: OperationId, by: { assetId: AssetId; deviceId: DeviceId }): string {
  return `${operationId} ${by.assetId} ${by.deviceId}`;
}

function factOf(movement: Movement): Fact {
  const { kind, to } = movement;
  if (kind === 'undo' || to === null) throw new Error(`movement ${movement.id} (${kind}) leads nowhere`);
  return { ...movement, kind, to };
}
