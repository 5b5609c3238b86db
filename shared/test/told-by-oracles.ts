import { fieldOfRow } from '#edits/row-fields.ts';
import type { AssetBase } from '#ledger/asset-track.ts';
import { foldAssets } from '#ledger/fold-assets.ts';
import { rowsOf } from '#operations/subject-state.ts';
import { subjectKey } from '#schema/subject-ledgers.ts';
import { locationIds } from './arbitrary-ledger.ts';
import { newLedger } from './arbitrary-operations.ts';
import { bulkOracle } from './bulk-oracle.ts';
import { editFactsOf, editsOracle } from './edits-oracle.ts';
import { fillingsOracle } from './fillings-oracle.ts';
import { labelOracle } from './label-oracle.ts';
import { assetConflictsOf, byId, movementsOf, subjectsOf } from './ledger-content.ts';
import type { MemoryLedger } from './memory-ledger.ts';
import { stocktakeOracle, stocktakesAsFolded } from './stocktake-oracle.ts';
import { transportOracle } from './transport-oracle.ts';

/** What a ledger holds of one matter, and what it should by somebody who works it out in another way. */
export type Told = { readonly found: unknown; readonly expected: unknown };

/** [LG15] Assets and their conflicts are what one fold of all movements yields. */
export function toldOfAssets(bases: readonly AssetBase[], ledger: MemoryLedger): Told {
  const { statesById, conflicts } = foldAssets(bases, movementsOf(ledger));
  return {
    found: {
      states: [...ledger.assetsById].map(([id, { state }]) => [id, state]),
      conflicts: assetConflictsOf(ledger).toSorted(byId),
    },
    expected: {
      states: [...ledger.assetsById.keys()].map((id) => [id, statesById.get(id)]),
      conflicts: conflicts.toSorted(byId),
    },
  };
}

/** [BK2] [BK3] [BK4] */
export function toldOfBulk(ledger: MemoryLedger): Told {
  const stock = subjectsOf(ledger).flatMap((state) => rowsOf(state, 'bulk_stock'));
  const shortages = subjectConflictsOf(ledger).filter((conflict) => conflict.class === 'bulk_short');
  return {
    found: {
      quantities: Object.fromEntries(stock.map(({ id, quantity }) => [id, quantity])),
      shortages: shortages.map(({ id, status }) => `${id} ${status}`).sort(),
    },
    expected: bulkOracle(ledger),
  };
}

/** [LB1] [LB2] [LB3] [LB4] [LB5] [LB6] Labels, what was read by them, and what is open about them. */
export function toldOfLabels(ledger: MemoryLedger): Told {
  const imported = new Map([['S-1', `location ${locationIds[0]}`]]);
  const { labels, conflicts, thingById } = labelOracle(ledger, movementsOf(ledger), imported);
  const leadsTo = subjectsOf(ledger)
    .flatMap((state) => rowsOf(state, 'labels'))
    .map((row) => [
      row.value,
      row.asset_id ? `asset ${row.asset_id}` : row.location_id ? `location ${row.location_id}` : null,
    ]);
  const found = subjectConflictsOf(ledger).filter(({ subject }) => subject?.startsWith('labels:'));
  const readings = movementsOf(ledger).filter(({ kind }) => kind !== 'undo');
  return {
    found: {
      labels: Object.fromEntries(leadsTo),
      conflicts: found
        .map(
          (one) => `${one.id} ${one.status}${one.settledByMovementId ? ` ${one.settledByMovementId}` : ''}`,
        )
        .sort(),
      things: readings.map(({ id, assetId }) => [id, assetId]),
    },
    expected: { labels, conflicts, things: readings.map(({ id }) => [id, thingById.get(id)]) },
  };
}

/** [FE2] [FE5] [FE6] [FE7] [FE9] [FE10] Rows that people edit; where nothing but edits has written them. */
export function toldOfEdits(ledger: MemoryLedger): Told {
  const untouched = newLedger([]);
  const oracle = editsOracle(editFactsOf(ledger), (rowId) => editedRowOf(untouched, rowId));
  const found = subjectConflictsOf(ledger).filter(({ subject }) => subject?.startsWith('edits:'));
  const fieldsFound = Object.entries(oracle.fields).map(([rowId, wanted]) => {
    const row = editedRowOf(ledger, rowId);
    const names = wanted === null ? [] : Object.keys(wanted);
    return [rowId, row === null ? null : Object.fromEntries(names.map((name) => [name, row[name]]))];
  });
  return {
    found: {
      conflicts: found.map(({ id, status }) => `${id} ${status}`).sort(),
      fields: Object.fromEntries(fieldsFound),
    },
    expected: { conflicts: oracle.conflicts, fields: oracle.fields },
  };
}

/** [PL10] */
export function toldOfFillings(ledger: MemoryLedger): Told {
  const fillings = subjectsOf(ledger).flatMap((state) => rowsOf(state, 'line_fillings'));
  return {
    found: Object.fromEntries(fillings.map(({ id, line_id }) => [id, line_id])),
    expected: fillingsOracle(ledger),
  };
}

/** [ST1] [ST3] [ST4] [ST5] [ST6] [ST7] */
export function toldOfStocktakes(ledger: MemoryLedger): Told {
  return { found: stocktakesAsFolded(ledger), expected: stocktakeOracle(ledger) };
}

/** [TP2] [TP3] [TP4] */
export function toldOfTransport(ledger: MemoryLedger): Told {
  return { found: transportAsFolded(ledger), expected: transportOracle(ledger) };
}

/** What the folds came to, in the words of the oracle. */
export function transportAsFolded(ledger: MemoryLedger) {
  const states = subjectsOf(ledger);
  const packs = states.flatMap((state) => rowsOf(state, 'truck_packs'));
  const vehicles = states.flatMap((state) => rowsOf(state, 'vehicle_states'));
  const witnessesOf = (text: string | null) =>
    (JSON.parse(text ?? '') as { factId: string; isSameList: boolean }[]).map(
      ({ factId, isSameList }): [string, boolean] => [factId, isSameList],
    );
  return {
    packs: Object.fromEntries(
      packs.map((row) => [
        row.id,
        {
          confirmation: row.confirmation_id,
          witnesses: witnessesOf(row.witnesses),
          changes: (JSON.parse(row.changes ?? '') as { factId: string }[]).map(({ factId }) => factId),
          endedAt: row.ended_at,
        },
      ]),
    ),
    vehicles: Object.fromEntries(
      vehicles.map((row) => [row.id, { since: row.on_road_since, place: row.place_id }]),
    ),
    conflicts: subjectConflictsOf(ledger)
      .filter(({ class: name }) => name === 'truck_changed')
      .map(({ id, status }) => `${id} ${status}`)
      .sort(),
  };
}

/** A row with its fields: what stands in several columns is one of them. */
function editedRowOf(ledger: MemoryLedger, rowId: string): Readonly<Record<string, unknown>> | null {
  const state = ledger.subjectsByKey.get(subjectKey({ ledger: 'edits', id: rowId }));
  if (state === undefined) return null;
  const [row] = (['pull_list_lines', 'events'] as const).flatMap((table) =>
    rowsOf(state, table).map((found) => ({
      ...found,
      ...(table === 'events' && { times: fieldOfRow(table, found, 'times') }),
    })),
  );
  return row ?? null;
}

function subjectConflictsOf(ledger: MemoryLedger) {
  return subjectsOf(ledger).flatMap(({ conflicts }) => conflicts);
}
