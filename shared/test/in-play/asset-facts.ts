import type { AssetBase } from '#ledger/asset-track.ts';
import type { ConflictClass } from '#ledger/conflict.ts';
import { countedMovements, type Fact } from '#ledger/counted-movements.ts';
import { foldAssets, type LedgerFold } from '#ledger/fold-assets.ts';
import type { Movement, MovementKind } from '#ledger/movement.ts';
import { itemIds } from '#test/arbitrary-ledger.ts';

/** A set of movements with what the ledger makes of it. */
type Played = {
  readonly movements: readonly Movement[];
  readonly facts: readonly Fact[];
  readonly fold: LedgerFold;
};

const hasKind =
  (...kinds: readonly MovementKind[]) =>
  ({ facts }: Played) =>
    facts.some(({ kind }) => kinds.includes(kind));
const hasConflict =
  (name: ConflictClass) =>
  ({ fold }: Played) =>
    fold.conflicts.some((conflict) => conflict.class === name);
/** Two facts in a row about one asset of which this is so. */
const hasNeighbours =
  (isSo: (earlier: Fact, later: Fact) => boolean) =>
  ({ facts }: Played) =>
    [...Map.groupBy(facts, ({ assetId }) => assetId).values()].some((own) =>
      own.some((fact, index) => index > 0 && isSo(own[index - 1] as Fact, fact)),
    );

/** When a set says anything about a rule of the ledger's SPEC.md: a set in which a rule cannot matter proves nothing. */
const rules: Readonly<Record<string, (played: Played) => boolean>> = {
  LG1: ({ facts }) => new Set(facts.map(({ effectiveAt }) => effectiveAt)).size < facts.length,
  LG2: ({ facts }) => facts.length > 0,
  LG3: ({ movements, facts }) => facts.length < movements.filter(({ kind }) => kind !== 'undo').length,
  LG4: hasKind('check_out'),
  LG5: hasKind('check_in', 'move'),
  LG6: hasKind('pack'),
  LG7: hasKind('unpack'),
  LG8: hasNeighbours(
    (earlier, { to }) => to !== null && earlier.to?.kind === to.kind && earlier.to.id === to.id,
  ),
  LG9: ({ facts }) => facts.some(({ disposition }) => disposition !== null && disposition !== 'ok'),
  LG10: hasNeighbours(({ disposition }) => disposition === 'lost'),
  LG11: hasConflict('double_check_out'),
  LG12: hasConflict('case_in_itself'),
  LG13: ({ fold }) => fold.conflicts.some(({ status }) => status === 'settled'),
  LG14: ({ fold }) => fold.conflicts.length > 0,
  LG15: ({ movements }) => movements.length > 1,
  LG16: hasConflict('two_cases'),
  LG17: hasConflict('blocked_went_out'),
  LG18: ({ facts }) => facts.length > 0,
  LG19: hasKind('quarantine', 'release', 'retire'),
  LG20: ({ facts, fold }) =>
    fold.conflicts.some(({ assetId, openedAt }) =>
      facts.some((fact) => fact.to === null && fact.assetId === assetId && fact.effectiveAt > openedAt),
    ),
  LG21: hasKind('resolve', 'found'),
  LG22: hasKind('repair_start', 'repair_done'),
  LG23: hasKind('inspection_result'),
  LG24: hasKind('load', 'unload'),
  LG25: hasKind('seal', 'open'),
  LG26: ({ movements }) =>
    movements.some(({ assetId, namedAssetId }) => assetId === null || namedAssetId !== assetId),
  LG27: hasNeighbours(
    (earlier, later) => itemIds.includes(later.assetId) && earlier.effectiveAt < later.effectiveAt,
  ),
};

export const classifiedRules: readonly string[] = Object.keys(rules);

/** The rules that this set says something about. */
export function rulesInPlay(bases: readonly AssetBase[], movements: readonly Movement[]): string[] {
  const known = new Set(bases.map(({ id }) => id));
  const facts = countedMovements(movements).filter(({ assetId }) => known.has(assetId));
  const played = { movements, facts, fold: foldAssets(bases, movements) };
  return classifiedRules.filter((rule) => rules[rule]?.(played));
}
