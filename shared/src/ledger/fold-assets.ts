import type { AssetId } from '#kernel/ids.ts';
import { applyFact, type Nesting, type Standing } from './apply-fact.ts';
import type { Asset } from './asset.ts';
import type { AssetState, Place } from './asset-state.ts';
import type { Conflict } from './conflict.ts';
import { countedMovements, type Fact } from './counted-movements.ts';
import { noHolds } from './holds.ts';
import type { Movement } from './movement.ts';

export type AssetBase = Pick<Asset, 'id' | 'baseline'>;

/** What the ledger says of a group of assets. */
export type LedgerFold = {
  readonly statesById: ReadonlyMap<AssetId, AssetState>;
  /** In the order in which they came up. */
  readonly conflicts: readonly Conflict[];
};

type Track = { standing: Standing; readonly conflicts: Conflict[] };

/**
 * Folds all movements of a group of assets into states and conflicts (rules LG1 to LG25 of SPEC.md). Pure; the
 * result does not depend on the order, repetition or grouping of the movements. An asset that is no case can be
 * folded alone; a case needs every case that it was ever put into beside it, and so on outwards. Movements of
 * assets outside the group are passed over.
 */
export function foldAssets(assets: readonly AssetBase[], movements: Iterable<Movement>): LedgerFold {
  const tracksById = new Map(assets.map((asset) => [asset.id, newTrack(asset)]));
  const inOrder: Conflict[] = [];
  for (const fact of countedMovements(movements)) {
    const track = tracksById.get(fact.assetId);
    if (track === undefined) continue;
    const { standing, opened } = applyFact(track.standing, fact, nestingOf(tracksById, fact));
    settleOpen(track.conflicts, fact);
    track.conflicts.push(...opened);
    track.standing = standing;
    inOrder.push(...opened);
  }
  return collect(tracksById, inOrder);
}

function newTrack(asset: AssetBase): Track {
  return { standing: { state: stateAt(asset.baseline), placedBy: null, holds: noHolds }, conflicts: [] };
}

/** An asset of which nothing is known but where it is. */
export function stateAt(place: Place): AssetState {
  return {
    place,
    status: 'in_service',
    condition: 'ok',
    eventId: place.kind === 'event' ? place.id : null,
    inspectionDueAt: null,
    sealedBy: null,
    lastMovementId: null,
    lastMovedAt: null,
  };
}

/** [LG12] Walks from the case outwards; meeting the asset itself means that it would hold itself. */
function nestingOf(tracksById: ReadonlyMap<AssetId, Track>, fact: Fact): Nesting | null {
  if (fact.to?.kind !== 'case') return null;
  if (fact.to.id === fact.assetId) return { placedBy: null };
  const visited = new Set<AssetId>();
  let caseId = fact.to.id;
  while (!visited.has(caseId)) {
    visited.add(caseId);
    const around = tracksById.get(caseId)?.standing;
    if (around === undefined || around.state.place.kind !== 'case') return null;
    if (around.state.place.id === fact.assetId) return { placedBy: around.placedBy };
    caseId = around.state.place.id;
  }
  return null;
}

/** [LG13] [LG20] [LG25] The next fact about an asset answers what was open about it, as far as it speaks of that. */
function settleOpen(conflicts: Conflict[], by: Fact): void {
  if (by.kind === 'seal' || by.kind === 'open') return;
  for (const [index, conflict] of conflicts.entries()) {
    const isAnswered = by.to !== null || conflict.class === 'blocked_went_out';
    if (conflict.status === 'open' && isAnswered) {
      conflicts[index] = { ...conflict, status: 'settled', settledByMovementId: by.id };
    }
  }
}

function collect(tracksById: ReadonlyMap<AssetId, Track>, inOrder: readonly Conflict[]): LedgerFold {
  const conflictsById = new Map(inOrder.map((conflict) => [conflict.id, conflict]));
  const statesById = new Map<AssetId, AssetState>();
  for (const [id, track] of tracksById) {
    statesById.set(id, track.standing.state);
    for (const conflict of track.conflicts) conflictsById.set(conflict.id, conflict);
  }
  return { statesById, conflicts: [...conflictsById.values()] };
}
