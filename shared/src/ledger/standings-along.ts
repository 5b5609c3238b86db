import { type AssetBase, goOn, newTrack } from './asset-track.ts';
import { countedMovements } from './counted-movements.ts';
import { type HistoryPart, isInPart, type KeptStanding } from './kept-standing.ts';
import type { Movement } from './movement.ts';

/**
 * [LG27] What is to be kept of the history of an asset that is no case: its standing after about every `every` facts of
 * the part, which reaches to the end of the history. As many facts stay without one at its end, where things arrive late.
 */
export function standingsAlong(
  asset: AssetBase,
  movements: Iterable<Movement>,
  part: HistoryPart,
  every: number,
): KeptStanding[] {
  const track = newTrack(asset, part);
  const facts = countedMovements(movements).filter(({ effectiveAt }) => isInPart(effectiveAt, part));
  const kept: KeptStanding[] = [];
  let since = 0;
  for (const [index, fact] of facts.entries()) {
    goOn(track, fact, null);
    since += 1;
    const left = facts.length - 1 - index;
    if (since < every || left < every || facts[index + 1]?.effectiveAt === fact.effectiveAt) continue;
    kept.push({ assetId: asset.id, asOf: fact.effectiveAt, standing: track.standing, open: track.open });
    since = 0;
  }
  return kept;
}
