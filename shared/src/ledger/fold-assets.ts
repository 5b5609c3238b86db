import type { AssetId, ConflictId } from '#kernel/ids.ts';
import type { Nesting } from './apply-fact.ts';
import type { AssetState } from './asset-state.ts';
import { type AssetBase, goOn, newTrack, type Track } from './asset-track.ts';
import type { Conflict } from './conflict.ts';
import { countedMovements, type Fact } from './counted-movements.ts';
import { type HistoryPart, isInPart, sameOutcome } from './kept-standing.ts';
import type { Movement } from './movement.ts';

/** What the ledger says of a group of assets. */
export type LedgerFold = {
  readonly statesById: ReadonlyMap<AssetId, AssetState>;
  /** In the order in which they came up. Of a part of a history: those that are settled within it, or stand open. */
  readonly conflicts: readonly Conflict[];
  /** [LG27] Of these there is no state and no conflict: what their facts come to reaches beyond the part at hand. */
  readonly cutShortIds: readonly AssetId[];
};

/**
 * Folds all movements of a group of assets into states and conflicts (rules LG1 to LG27 of SPEC.md). Pure; the
 * result does not depend on the order, repetition or grouping of the movements. An asset that is no case can be
 * folded alone; a case needs every case that it was ever put into beside it, and so on outwards. Movements of
 * assets outside the group are passed over. Of assets in `partsById` the fold covers that part of their history alone;
 * one that comes to its end as before has no new state.
 */
export function foldAssets(
  assets: readonly AssetBase[],
  movements: Iterable<Movement>,
  partsById: ReadonlyMap<AssetId, HistoryPart> = new Map(),
): LedgerFold {
  const tracksById = new Map(assets.map((asset) => [asset.id, newTrack(asset, partsById.get(asset.id))]));
  const inOrder = [...tracksById.values()].flatMap(({ open }) => open);
  for (const fact of countedMovements(movements)) {
    const track = tracksById.get(fact.assetId);
    if (track === undefined || !isInPart(fact.effectiveAt, track.part)) continue;
    inOrder.push(...goOn(track, fact, nestingOf(tracksById, fact)));
  }
  return collect(tracksById, inOrder);
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

function collect(tracksById: ReadonlyMap<AssetId, Track>, inOrder: readonly Conflict[]): LedgerFold {
  const latestById = new Map<ConflictId, Conflict>();
  const statesById = new Map<AssetId, AssetState>();
  const cutShortIds: AssetId[] = [];
  for (const [id, { part, standing, open, settled }] of tracksById) {
    if (part.until === null) statesById.set(id, standing.state);
    else if (!sameOutcome({ standing, open }, part.until)) {
      cutShortIds.push(id);
      continue;
    }
    // What is open at the end of a part goes on beyond it as before.
    for (const conflict of part.until === null ? [...settled, ...open] : settled) {
      latestById.set(conflict.id, conflict);
    }
  }
  const conflictIds = new Set(inOrder.map(({ id }) => id));
  return { statesById, conflicts: [...conflictIds].flatMap((id) => latestById.get(id) ?? []), cutShortIds };
}
