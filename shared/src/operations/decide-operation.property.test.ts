import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldOfRow } from '#edits/row-fields.ts';
import type { AssetBase } from '#ledger/asset-track.ts';
import { foldAssets } from '#ledger/fold-assets.ts';
import type { Movement } from '#ledger/movement.ts';
import { subjectKey } from '#schema/subject-ledgers.ts';
import { arbitraryArrival } from '#test/arbitrary-arrival.ts';
import { arbitraryBases, locationIds } from '#test/arbitrary-ledger.ts';
import { arbitraryOperations, newLedger } from '#test/arbitrary-operations.ts';
import { bulkOracle } from '#test/bulk-oracle.ts';
import { editFactsOf, editsOracle } from '#test/edits-oracle.ts';
import { fillingsOracle } from '#test/fillings-oracle.ts';
import { labelOracle } from '#test/label-oracle.ts';
import { executeInMemory, loadWorkingSet, type MemoryLedger } from '#test/memory-ledger.ts';
import { runs } from '#test/property-runs.ts';
import { stocktakeOracle, stocktakesAsFolded } from '#test/stocktake-oracle.ts';
import { applyEffects } from './apply-effects.ts';
import { decideOperation } from './decide-operation.ts';
import type { Operation } from './operation.ts';
import { type SubjectState, rowsOf as subjectRowsOf } from './subject-state.ts';
import type { Decision, DecisionContext } from './working-set.ts';

const contextOf = ({ recordedAt }: Operation): DecisionContext => ({
  effectiveAt: recordedAt,
  receivedAt: null,
});

const arbitraryHistory = arbitraryOperations.chain((operations) =>
  fc.record({
    bases: arbitraryBases,
    operations: fc.constant(operations),
    arrival: arbitraryArrival(operations),
  }),
);

describe('decideOperation, whatever is recorded', () => {
  it('[OP6] [SL3] ends in the same rows and conflicts in every order of arrival, and as one fold', () => {
    const said = new Map<string, number>();
    fc.assert(
      fc.property(arbitraryHistory, ({ bases, operations, arrival }) => {
        const inOrder = executeAll(bases, operations, said);
        const asArrived = executeAll(bases, arrival, said);
        expect(rowsOf(asArrived)).toEqual(rowsOf(inOrder));
        expectOneFold(bases, asArrived);
      }),
      runs(600),
    );
    for (const ruling of [
      'applied null',
      'conflicted conflict_open',
      'conflicted unknown_code',
      'superseded already_there',
      'superseded newer_fact_stands',
      'refused nothing_to_undo',
      'refused not_a_case',
      'refused unknown_event',
      'refused unknown_location',
      'refused unknown_product',
      'refused leads_nowhere',
      'refused invalid_value',
      'refused unknown_row',
      'refused unknown_vehicle',
      'refused unknown_asset',
      'applied label_moved',
      'movements retargeted',
      'refused not_closed',
    ]) {
      expect(said.get(ruling), ruling).toBeGreaterThan(3);
    }
  }, 30_000);

  it('[OP1] [OP11] decides with what it asked for as with everything, and leaves that untouched', () => {
    fc.assert(
      fc.property(arbitraryHistory, ({ bases, arrival }) => {
        const ledger = newLedger(bases);
        for (const operation of arrival) {
          const loaded = loadWorkingSet(ledger, operation);
          const loadedBefore = structuredClone(loaded);
          const decision = decideOperation(operation, loaded, contextOf(operation));
          expect(loaded).toEqual(loadedBefore);
          expect(sorted(decideOperation(operation, ledger, contextOf(operation)))).toEqual(sorted(decision));
          applyEffects(ledger, decision.effects);
        }
      }),
      runs(200),
    );
  });

  it('[OP6] decided again right away adds nothing', () => {
    fc.assert(
      fc.property(arbitraryHistory, ({ bases, arrival }) => {
        const ledger = newLedger(bases);
        for (const operation of arrival) {
          executeInMemory(ledger, operation, contextOf(operation));
          const before = structuredClone(rowsOf(ledger));
          executeInMemory(ledger, operation, contextOf(operation));
          expect(rowsOf(ledger)).toEqual(before);
        }
      }),
      runs(200),
    );
  });
});

function executeAll(
  bases: readonly AssetBase[],
  operations: readonly Operation[],
  said: Map<string, number>,
): MemoryLedger {
  const ledger = newLedger(bases);
  for (const operation of operations) {
    const { verdict, reason, effects } = executeInMemory(ledger, operation, contextOf(operation));
    count(said, `${verdict} ${reason}`);
    if (effects.retargeted.length > 0) count(said, 'movements retargeted');
    const members = 'members' in operation.intent ? operation.intent.members : [null];
    const { kind } = operation.intent;
    if (kind !== 'undo' && kind !== 'approve_stocktake' && effects.movements.length > 0) {
      expect(effects.movements.length).toBeLessThanOrEqual(members.length);
    }
  }
  return ledger;
}

function count(said: Map<string, number>, what: string): void {
  said.set(what, (said.get(what) ?? 0) + 1);
}

/** The stored rows are what one fold of all stored movements yields. */
function expectOneFold(bases: readonly AssetBase[], ledger: MemoryLedger): void {
  const { statesById, conflicts } = foldAssets(bases, movementsOf(ledger));
  for (const [id, asset] of ledger.assetsById) expect(asset.state).toEqual(statesById.get(id));
  expectReadAsOracle(ledger);
  const stored = [...ledger.conflictsByAssetId.values()].flat();
  expect(stored.toSorted(byId)).toEqual(conflicts.toSorted(byId));
  expectBulkAsOracle(ledger);
  expectEditsAsOracle(ledger);
  const fillings = subjectsOf(ledger).flatMap((state) => subjectRowsOf(state, 'line_fillings'));
  expect(Object.fromEntries(fillings.map(({ id, line_id }) => [id, line_id]))).toEqual(
    fillingsOracle(ledger),
  );
  expect(stocktakesAsFolded(ledger)).toEqual(stocktakeOracle(ledger));
}

function movementsOf(ledger: MemoryLedger): Movement[] {
  return [...ledger.waitingMovements.values(), ...[...ledger.movementsByAssetId.values()].flat()];
}

/** [LB1] [LB2] [LB3] [LB4] [LB5] Labels, what was read by them, and what is open about them. */
function expectReadAsOracle(ledger: MemoryLedger): void {
  const imported = new Map([['S-1', `location ${locationIds[0]}`]]);
  const expected = labelOracle(ledger, movementsOf(ledger), imported);
  const rows = subjectsOf(ledger).flatMap((state) => subjectRowsOf(state, 'labels'));
  const leadsTo = rows.map((row) => [
    row.value,
    row.asset_id ? `asset ${row.asset_id}` : row.location_id ? `location ${row.location_id}` : null,
  ]);
  const conflicts = subjectsOf(ledger)
    .flatMap((state) => state.conflicts)
    .filter(({ subject }) => subject?.startsWith('labels:'))
    .map((one) => `${one.id} ${one.status}${one.settledByMovementId ? ` ${one.settledByMovementId}` : ''}`);
  expect({ labels: Object.fromEntries(leadsTo), conflicts: conflicts.sort() }).toEqual({
    labels: expected.labels,
    conflicts: expected.conflicts,
  });
  for (const { id, kind, assetId } of movementsOf(ledger)) {
    if (kind !== 'undo') expect(assetId, id).toBe(expected.thingById.get(id));
  }
}

function expectBulkAsOracle(ledger: MemoryLedger): void {
  const stock = subjectsOf(ledger).flatMap((state) => subjectRowsOf(state, 'bulk_stock'));
  const shortages = conflictsOf(ledger).filter((conflict) => conflict.class === 'bulk_short');
  expect({
    quantities: Object.fromEntries(stock.map(({ id, quantity }) => [id, quantity])),
    shortages: shortages.map(({ id, status }) => `${id} ${status}`).sort(),
  }).toEqual(bulkOracle(ledger));
}

function expectEditsAsOracle(ledger: MemoryLedger): void {
  const untouched = newLedger([]);
  const expected = editsOracle(editFactsOf(ledger), (rowId) => startOf(untouched, rowId));
  const found = conflictsOf(ledger).filter(({ subject }) => subject?.startsWith('edits:'));
  expect(found.map(({ id, status }) => `${id} ${status}`).sort()).toEqual(expected.conflicts);
  for (const [rowId, fields] of Object.entries(expected.fields)) {
    const row = rowOf(ledger, rowId);
    if (fields === null) expect(row).toBe(null);
    else expect(row).toMatchObject(fields);
  }
}

/** A row with its fields: what stands in several columns is one of them. */
function rowOf(ledger: MemoryLedger, rowId: string) {
  const state = ledger.subjectsByKey.get(subjectKey({ ledger: 'edits', id: rowId }));
  if (state === undefined) return null;
  const [row] = (['pull_list_lines', 'events'] as const).flatMap((table) =>
    subjectRowsOf(state, table).map((found) => ({
      ...found,
      ...(table === 'events' && { times: fieldOfRow(table, found, 'times') }),
    })),
  );
  return row ?? null;
}

function startOf(untouched: MemoryLedger, rowId: string) {
  return rowOf(untouched, rowId);
}

function conflictsOf(ledger: MemoryLedger) {
  return subjectsOf(ledger).flatMap(({ conflicts }) => conflicts);
}

function subjectsOf(ledger: MemoryLedger): SubjectState[] {
  return [...ledger.subjectsByKey.values()];
}

function rowsOf(ledger: MemoryLedger) {
  return {
    assets: [...ledger.assetsById.values()].toSorted(byId),
    movements: movementsOf(ledger).toSorted(byId),
    conflicts: [...ledger.conflictsByAssetId.values()].flat().toSorted(byId),
    subjects: [...ledger.subjectsByKey]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, state]) => ({
        key,
        rows: [...state.rowsByTable]
          .map(([table, rows]) => ({ id: table, rows: [...rows.values()].toSorted(byId) }))
          .toSorted(byId),
        conflicts: state.conflicts.toSorted(byId),
      })),
  };
}

function sorted({ effects, verdict, reason }: Decision) {
  return {
    verdict,
    reason,
    assets: effects.assets.toSorted(byId),
    movements: effects.movements.toSorted(byId),
    retargeted: effects.retargeted.toSorted((a, b) => byId(a.movement, b.movement)),
    conflicts: effects.conflicts.toSorted(byId),
    vanished: effects.vanishedConflicts.toSorted(byId),
    subjectRows: effects.subjectRows.toSorted((a, b) => byId(a.row, b.row)),
  };
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
