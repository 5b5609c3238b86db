import type { AssetId, DeviceId, MovementId, OperationId } from '#kernel/ids.ts';
import type { Place } from './asset-state.ts';
import { compareMovements } from './compare-movements.ts';
import type { Movement, PlacingKind, StatusKind } from './movement.ts';

/** What is said of an asset: where it is, or how it is. Every movement but the undo. */
export type Fact = PlacingFact | StatusFact;
export type PlacingFact = Movement & {
  readonly assetId: AssetId;
  readonly kind: PlacingKind;
  readonly to: Place;
};
export type StatusFact = Movement & {
  readonly assetId: AssetId;
  readonly kind: StatusKind;
  readonly to: null;
};

/** [LG1] [LG2] [LG3] [LG26] The facts that count, each once, in the order in which they happened. */
export function countedMovements(movements: Iterable<Movement>): Fact[] {
  const factsById = new Map<MovementId, Fact>();
  const undone = new Set<string>();
  for (const movement of movements) {
    if (movement.assetId === null) continue;
    if (movement.kind === 'undo') undone.add(undoKey(movement.undoesOperationId, movement));
    else if (isFact(movement)) factsById.set(movement.id, movement);
    else
      throw new Error(
        `movement ${movement.id} (${movement.kind}) leads ${movement.to ? 'somewhere' : 'nowhere'}`,
      );
  }
  const facts = [...factsById.values()];
  // Histories are long and undos rare: keys are made only where one is there.
  const counted =
    undone.size === 0 ? facts : facts.filter((fact) => !undone.has(undoKey(fact.operationId, fact)));
  return counted.sort(compareMovements);
}

const statusKinds: ReadonlySet<string> = new Set<StatusKind>([
  'quarantine',
  'release',
  'retire',
  'repair_start',
  'repair_done',
  'inspection_result',
  'seal',
  'open',
]);

function isFact(movement: Movement): movement is Fact {
  return movement.kind !== 'undo' && statusKinds.has(movement.kind) === (movement.to === null);
}

function undoKey(
  operationId: OperationId | null,
  by: { assetId: AssetId | null; deviceId: DeviceId },
): string {
  return `${operationId} ${by.assetId} ${by.deviceId}`;
}
