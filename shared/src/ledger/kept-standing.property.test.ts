import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AssetId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { effectsOfMovements } from '#operations/effects-of-movements.ts';
import { type Effects, emptyWorkingSet, type WorkingSet } from '#operations/working-set.ts';
import { arbitraryBases, arbitraryMovements, itemIds } from '#test/arbitrary-ledger.ts';
import { runs } from '#test/property-runs.ts';
import type { AssetBase } from './asset-track.ts';
import { foldAssets } from './fold-assets.ts';
import { type HistoryPart, isInPart, type KeptStanding, LEDGER_RULES } from './kept-standing.ts';
import type { Movement } from './movement.ts';
import { standingsAlong } from './standings-along.ts';

const whole: HistoryPart = { from: null, until: null };

describe('histories of which only a part is at hand', () => {
  it('[LG27] come to the same rows and conflicts as the whole, or say that they reach beyond', () => {
    const met = { wholes: 0, from: 0, until: 0, between: 0, cutShort: 0, vanished: 0 };
    const world = fc.record({
      bases: arbitraryBases,
      movements: arbitraryMovements,
      item: fc.constantFrom(...itemIds),
      lateOf: fc.integer({ min: 2, max: 12 }),
      every: fc.integer({ min: 1, max: 2 }),
    });
    fc.assert(
      fc.property(world, ({ bases, movements, item, lateOf, every }) => {
        const base = bases.find(({ id }) => id === item);
        if (base === undefined) throw new Error('an asset without a base');
        // All that happened in that world happened to one thing, so that its history is long.
        const own = movements.map((movement) => ({ ...movement, assetId: item }));
        const late = own.filter((_, index) => index % lateOf === lateOf - 1);
        const known = own.filter((movement) => !late.includes(movement));
        if (late.length === 0) return;
        const kept = standingsAlong(base, known, whole, every);
        const part = partAround(kept, late, own);
        const expected = effectsOfMovements(workingSetOf(base, known, whole, late), late);
        const found = effectsOfMovements(workingSetOf(base, known, part, late), late);
        if (found.cutShortIds.length > 0) {
          met.cutShort += 1;
          expect(part.until).not.toBeNull();
          return;
        }
        expect(contentOf(found)).toEqual(contentOf(expected));
        if (part.from === null && part.until === null) met.wholes += 1;
        else if (part.from !== null && part.until !== null) met.between += 1;
        else if (part.from !== null) met.from += 1;
        else met.until += 1;
        if (found.vanishedConflicts.length > 0 && part.from !== null) met.vanished += 1;
      }),
      runs(1_500),
    );
    expect(Math.min(...Object.values(met)), JSON.stringify(met)).toBeGreaterThan(20);
  });

  it('[LG27] what is kept is what the history came to then, and the last facts stay without', () => {
    let count = 0;
    fc.assert(
      fc.property(arbitraryBases, arbitraryMovements, (bases, movements) => {
        for (const base of bases.filter(({ id }) => itemIds.includes(id))) {
          const own = movements.filter(({ assetId }) => assetId === base.id);
          for (const { asOf, standing, open } of standingsAlong(base, own, whole, 1)) {
            count += 1;
            const undos = own.filter(({ kind }) => kind === 'undo');
            const until = own.filter(({ kind, effectiveAt }) => kind !== 'undo' && effectiveAt <= asOf);
            const fold = foldAssets([base], [...until, ...undos]);
            expect(standing.state).toEqual(fold.statesById.get(base.id));
            expect(open).toEqual(fold.conflicts.filter(({ status }) => status === 'open'));
            expect(own.some(({ effectiveAt }) => effectiveAt > asOf)).toBe(true);
          }
        }
      }),
      runs(500),
    );
    expect(count).toBeGreaterThan(200);
  });

  it('[LG27] the version of the rules goes up when the same histories come to something else', () => {
    const histories = fc.sample(fc.tuple(arbitraryBases, arbitraryMovements), { seed: 1, numRuns: 300 });
    const standings = histories.flatMap(([bases, movements]) =>
      bases
        .filter(({ id }) => itemIds.includes(id))
        .flatMap((base) =>
          standingsAlong(
            base,
            movements.filter(({ assetId }) => assetId === base.id),
            whole,
            1,
          ),
        ),
    );
    const digest = createHash('sha256').update(JSON.stringify(standings)).digest('hex').slice(0, 16);
    // Where only the histories drawn here are others than before, the digest alone is written anew.
    expect(`rules ${LEDGER_RULES}: ${digest}`).toBe('rules 1: b75a3c6080d4c171');
  });
});

/** The part that a server would load for these. */
function partAround(kept: readonly KeptStanding[], late: readonly Movement[], own: readonly Movement[]) {
  const instants = late.flatMap(({ effectiveAt, undoesOperationId }) => [
    effectiveAt,
    ...own.filter(({ operationId }) => operationId === undoesOperationId).map((undone) => undone.effectiveAt),
  ]);
  const earliest = instants.reduce((a, b) => (a < b ? a : b));
  const latest = instants.reduce((a, b) => (a > b ? a : b));
  return {
    from: kept.findLast(({ asOf }) => asOf < earliest) ?? null,
    until: kept.find(({ asOf }) => asOf >= latest) ?? null,
  };
}

/** One asset as it stands with what is known, and that part of its movements with the undos of these and of what comes. */
function workingSetOf(
  base: AssetBase,
  known: readonly Movement[],
  part: HistoryPart,
  late: readonly Movement[],
): WorkingSet {
  const fold = foldAssets([base], known);
  const state = fold.statesById.get(base.id);
  if (state === undefined) throw new Error('an asset without a state');
  const asset = { productId: 'p' as never, code: 'A', serial: null, isCase: false, ...base, state };
  const inPart = known.filter(({ effectiveAt }) => isInPart(effectiveAt as Instant, part));
  const operationIds = new Set([...inPart, ...late].map(({ operationId }) => operationId));
  const undos = known.filter(
    (movement) =>
      movement.undoesOperationId !== null &&
      operationIds.has(movement.undoesOperationId) &&
      !inPart.includes(movement),
  );
  const workingSet = emptyWorkingSet();
  const id: AssetId = base.id;
  workingSet.assetsById.set(id, asset);
  workingSet.movementsByAssetId.set(id, [...inPart, ...undos]);
  workingSet.conflictsByAssetId.set(id, fold.conflicts);
  if (part.from !== null || part.until !== null) workingSet.partsByAssetId.set(id, part);
  return workingSet;
}

function contentOf({ assets, movements, conflicts, vanishedConflicts }: Effects) {
  const byId = <Row extends { readonly id: string }>(rows: readonly Row[]) =>
    rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return {
    assets,
    movements,
    conflicts: byId(conflicts),
    vanished: vanishedConflicts.map(({ id }) => id).sort(),
  };
}
