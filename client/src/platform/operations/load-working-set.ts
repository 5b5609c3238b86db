import type {
  AssetId,
  EventId,
  ProductId,
  StorageLocationId,
  VehicleId,
} from '@eventkit/shared/kernel/ids.ts';
import { assetsOfReadings, changingLabels, codesToLoad } from '@eventkit/shared/labels/readings-to-load.ts';
import {
  emptyWorkingSet,
  joinReads,
  type ReadRequest,
  readNothing,
  type WorkingSet,
} from '@eventkit/shared/operations/working-set.ts';
import { columnsOf } from '@eventkit/shared/schema/device-ddl.ts';
import {
  type AssetRow,
  assetOfRow,
  type ConflictRow,
  conflictOfRow,
  type MovementRow,
  movementOfRow,
} from '@eventkit/shared/schema/ledger-rows.ts';
import type { OverlaidTableName } from '@eventkit/shared/schema/synced-tables.ts';
import type { ReplicaConnection } from '#platform/replica/replica.ts';
import { findCodesWithFacts, loadReadBefore } from './load-readings.ts';
import { loadSubjects, loadUndoneSubjects } from './load-subjects.ts';

/** The rows that the request names, as this device sees them: its own pending operations included. */
export async function loadWorkingSet(
  connection: Pick<ReplicaConnection, 'get' | 'getAll'>,
  request: ReadRequest,
): Promise<WorkingSet> {
  const workingSet = emptyWorkingSet();
  await loadUndoneSubjects(connection, request.operationIds, workingSet);
  const undone = [...workingSet.subjectsByOperationId.values()].flat();
  const { subjects } = joinReads([request, { ...readNothing, subjects: undone }]);
  const readBefore = await loadReadBefore(connection, changingLabels(subjects), request.operationIds);
  for (const movement of readBefore) {
    if (movement.assetId === null) workingSet.waitingMovements.set(movement.id, movement);
  }
  const withFacts = await findCodesWithFacts(connection, request.codes);
  const codes = codesToLoad(request, withFacts, subjects, readBefore);
  const labels = codes.map((id) => ({ ledger: 'labels' as const, id }));
  await loadSubjects(
    connection,
    joinReads([{ ...readNothing, subjects: [...subjects, ...labels] }]).subjects,
    workingSet,
  );
  const assetIds = [...request.assetIds, ...assetsOfReadings(codes, readBefore, workingSet)];
  const found = await connection.get<Record<keyof LoadedJson, string>>(
    `${namedAndLinked} SELECT ${workingSetColumns}`,
    workingSetParameters({ ...request, assetIds, codes }),
  );
  return withLoaded(workingSet, parseLoaded(found));
}

type LoadedJson = {
  readonly assets: readonly AssetRow[];
  readonly movements: readonly MovementRow[];
  readonly conflicts: readonly ConflictRow[];
  readonly codes: readonly { readonly code: string; readonly id: AssetId }[];
  readonly events: readonly EventId[];
  readonly locations: readonly StorageLocationId[];
  readonly products: readonly ProductId[];
  readonly vehicles: readonly VehicleId[];
};

/** The columns of `request` below, as JSON arrays. */
function workingSetParameters(request: ReadRequest): string[] {
  const { assetIds, codes, operationIds, eventIds, locationIds, productIds, vehicleIds } = request;
  return [assetIds, codes, operationIds, eventIds, locationIds, productIds, vehicleIds].map((list) =>
    JSON.stringify(list),
  );
}

/**
 * `linked`: the assets of the request and, from cases, every case that was ever in or around them. Links are looked
 * for in the plain tables, since a guess on top can only add some; looking at too much does no harm.
 */
const namedAndLinked = `
  WITH RECURSIVE request (assets, codes, operations, events, locations, products, vehicles) AS (
    SELECT ?, ?, ?, ?, ?, ?, ?
  ),
  linked (id) AS (
    ${valuesOf('assets')}
    UNION SELECT id FROM assets WHERE code IN (${valuesOf('codes')})
    UNION SELECT asset_id FROM movements
      WHERE operation_id IN (${valuesOf('operations')}) AND asset_id IS NOT NULL
    UNION SELECT asset_id FROM movements_overlay
      WHERE operation_id IN (${valuesOf('operations')}) AND asset_id IS NOT NULL
    UNION SELECT movement.to_id FROM linked
      JOIN assets ON assets.id = linked.id AND assets.is_case = 1
      JOIN movements AS movement ON movement.asset_id = assets.id AND movement.to_kind = 'case'
    UNION SELECT movement.to_id FROM linked
      JOIN assets ON assets.id = linked.id AND assets.is_case = 1
      JOIN movements_overlay AS movement ON movement.asset_id = assets.id AND movement.to_kind = 'case'
    UNION SELECT assets.id FROM linked
      JOIN movements AS movement ON movement.to_id = linked.id AND movement.to_kind = 'case'
      JOIN assets ON assets.id = movement.asset_id AND assets.is_case = 1
    UNION SELECT assets.id FROM linked
      JOIN movements_overlay AS movement ON movement.to_id = linked.id AND movement.to_kind = 'case'
      JOIN assets ON assets.id = movement.asset_id AND assets.is_case = 1
    UNION SELECT assets.baseline_id FROM linked
      JOIN assets ON assets.id = linked.id AND assets.is_case = 1 AND assets.baseline_kind = 'case'
    UNION SELECT assets.id FROM linked
      JOIN assets ON assets.baseline_id = linked.id AND assets.baseline_kind = 'case' AND assets.is_case = 1
  )`;

const workingSetColumns = `
  ${rowsNow('assets', 'id IN (SELECT id FROM linked)')} AS assets,
  ${rowsNow('movements', 'asset_id IN (SELECT id FROM linked)')} AS movements,
  ${rowsNow('conflicts', 'asset_id IN (SELECT id FROM linked)')} AS conflicts,
  (SELECT json_group_array(json_object('code', code, 'id', id)) FROM assets
    WHERE code IN (${valuesOf('codes')})) AS codes,
  (SELECT json_group_array(id) FROM events WHERE id IN (${valuesOf('events')})) AS events,
  (SELECT json_group_array(id) FROM storage_locations
    WHERE id IN (${valuesOf('locations')})) AS locations,
  (SELECT json_group_array(id) FROM products WHERE id IN (${valuesOf('products')})) AS products,
  (SELECT json_group_array(id) FROM vehicles WHERE id IN (${valuesOf('vehicles')})) AS vehicles`;

/** The view is asked by a plain select inside, since SQLite looks into views only for those. */
function rowsNow(table: OverlaidTableName, condition: string): string {
  const pairs = columnsOf(table).map((column) => `'${column}', ${column}`);
  return `(SELECT json_group_array(json(found.row)) FROM
    (SELECT json_object(${pairs.join(', ')}) AS row FROM ${table}_now WHERE ${condition}) AS found)`;
}

function valuesOf(column: string): string {
  return `SELECT value FROM request, json_each(request.${column})`;
}

function parseLoaded(found: Record<keyof LoadedJson, string>): LoadedJson {
  const entries = Object.entries(found).map(([name, json]) => [name, JSON.parse(json)]);
  return Object.fromEntries(entries) as LoadedJson;
}

function withLoaded(workingSet: WorkingSet, loaded: LoadedJson): WorkingSet {
  for (const row of loaded.assets) {
    const asset = assetOfRow(row);
    workingSet.assetsById.set(asset.id, asset);
  }
  for (const row of loaded.movements) {
    const movement = movementOfRow(row);
    if (movement.assetId === null) continue;
    append(workingSet.movementsByAssetId, movement.assetId, movement);
    append(workingSet.assetIdsByOperationId, movement.operationId, movement.assetId);
  }
  for (const row of loaded.conflicts) {
    const conflict = conflictOfRow(row);
    if (conflict.assetId !== null) append(workingSet.conflictsByAssetId, conflict.assetId, conflict);
  }
  for (const { code, id } of loaded.codes) workingSet.assetIdsByCode.set(code, id);
  for (const id of loaded.events) workingSet.knownEventIds.add(id);
  for (const id of loaded.products) workingSet.knownProductIds.add(id);
  for (const id of loaded.locations) workingSet.knownLocationIds.add(id);
  for (const id of loaded.vehicles) workingSet.knownVehicleIds.add(id);
  return workingSet;
}

function append<Key, Value>(valuesByKey: Map<Key, readonly Value[]>, key: Key, value: Value): void {
  const values = valuesByKey.get(key);
  // Only ever arrays that were made here.
  if (values === undefined) valuesByKey.set(key, [value]);
  else (values as Value[]).push(value);
}
