import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import { together } from '@eventkit/database/together.ts';
import { distinct } from '@eventkit/shared/kernel/distinct.ts';
import type {
  AssetId,
  DeviceId,
  EventId,
  ProductId,
  StorageLocationId,
  VehicleId,
} from '@eventkit/shared/kernel/ids.ts';
import { assetsOfReadings, changingLabels, codesToLoad } from '@eventkit/shared/labels/readings-to-load.ts';
import type { Movement } from '@eventkit/shared/ledger/movement.ts';
import type { Operation } from '@eventkit/shared/operations/operation.ts';
import { readsOf } from '@eventkit/shared/operations/reads-of.ts';
import {
  emptyWorkingSet,
  joinReads,
  type ReadRequest,
  readNothing,
  type WorkingSet,
} from '@eventkit/shared/operations/working-set.ts';
import { type ConflictRow, conflictOfRow } from '@eventkit/shared/schema/ledger-rows.ts';
import type { Span } from './asset-standings.ts';
import type { LoadedHistories } from './batch-store.ts';
import { selectedColumns } from './ledger-columns.ts';
import { loadMovements, loadUndone } from './load-movements.ts';
import { findCodesWithFacts, loadOwnCodes, loadReadBefore, lockLabels } from './load-readings.ts';
import { findLinkedCases, lockAssets } from './lock-assets.ts';
import { loadSubjects, loadUndoneSubjects } from './subject-rows.ts';

/** Whose rows, and for whose device. */
export type Deciding = { readonly tenantId: string; readonly deviceId: DeviceId };

/**
 * Loads and locks what a batch of operations needs, in a few statements whatever its size, sent two or three at once.
 * Assets are locked in the order of their ids, so that two batches that share assets wait for one another instead of
 * blocking each other. Of long histories only the part around `span` is loaded, when these operations happened; the
 * whole where that is null.
 */
export async function loadWorkingSet(
  tx: TenantTransaction,
  deciding: Deciding,
  operations: readonly Operation[],
  span: Span | null,
): Promise<LoadedHistories> {
  const reads = joinReads(operations.map(readsOf));
  const { tenantId } = deciding;
  const workingSet = emptyWorkingSet();
  await loadUndoneSubjects(tx, tenantId, reads.operationIds, workingSet);
  const undone = [...workingSet.subjectsByOperationId.values()].flat();
  const { subjects } = joinReads([reads, { ...readNothing, subjects: undone }]);
  const changing = changingLabels(subjects);
  const [, linked, withFacts, readBefore] = await together([
    // First: what the others find was committed before the labels were locked.
    lockLabels(tx, tenantId, { isAlone: changing.length > 0 }),
    findLinkedCases(tx, tenantId, reads.assetIds),
    findCodesWithFacts(tx, tenantId, reads.codes),
    loadReadBefore(tx, tenantId, { codes: changing, operationIds: reads.operationIds }, workingSet),
    loadUndone(tx, tenantId, reads.operationIds, workingSet),
    loadKnown(tx, deciding, reads, workingSet),
  ]);
  const codes = codesToLoad(reads, withFacts, subjects, readBefore);
  const labels = codes.map((id) => ({ ledger: 'labels' as const, id }));
  await together([
    loadSubjects(
      tx,
      tenantId,
      joinReads([{ ...readNothing, subjects: [...subjects, ...labels] }]).subjects,
      workingSet,
    ),
    loadOwnCodes(tx, tenantId, codes, workingSet),
  ]);
  const found = [
    ...assetsOfReadings(codes, readBefore, workingSet),
    ...[...workingSet.assetIdsByOperationId.values()].flat(),
  ];
  const linkedToFound = await findLinkedCases(tx, tenantId, distinct(found));
  const ids = distinct([...reads.assetIds, ...found, ...linked, ...linkedToFound]).sort();
  const operationIds = operations.map(({ id }) => id);
  // What a label says may change what any movement was about.
  const around = changing.length > 0 ? null : withInstantsOf(span, readBefore);
  await together([
    // First: what the others find was committed before the assets were locked.
    loadAssets(tx, deciding, ids, workingSet),
    loadMovements(tx, tenantId, { assetIds: ids, operationIds, span: around }, workingSet),
    loadConflicts(tx, deciding, ids, workingSet),
  ]);
  return { workingSet, areWhole: around === null };
}

/** The span with what is taken back in it. */
function withInstantsOf(span: Span | null, movements: readonly Movement[]): Span | null {
  if (span === null) return null;
  const instants = movements.map(({ effectiveAt }) => effectiveAt);
  return {
    earliest: instants.reduce((a, b) => (a < b ? a : b), span.earliest),
    latest: instants.reduce((a, b) => (a > b ? a : b), span.latest),
  };
}

async function loadAssets(
  tx: TenantTransaction,
  { tenantId }: Deciding,
  assetIds: readonly AssetId[],
  { assetsById }: WorkingSet,
): Promise<void> {
  for (const asset of await lockAssets(tx, tenantId, assetIds)) assetsById.set(asset.id, asset);
}

async function loadConflicts(
  tx: TenantTransaction,
  { tenantId }: Deciding,
  assetIds: readonly AssetId[],
  { conflictsByAssetId }: WorkingSet,
): Promise<void> {
  if (assetIds.length === 0) return;
  const { rows } = await tx.query<ConflictRow>({
    name: 'select-conflicts',
    text: SELECT_CONFLICTS,
    values: [tenantId, assetIds],
  });
  for (const conflict of rows.map(conflictOfRow)) {
    if (conflict.assetId !== null) append(conflictsByAssetId, conflict.assetId, conflict);
  }
}

async function loadKnown(
  tx: TenantTransaction,
  { tenantId }: Deciding,
  { eventIds, locationIds, productIds, vehicleIds }: ReadRequest,
  { knownEventIds, knownLocationIds, knownProductIds, knownVehicleIds }: WorkingSet,
): Promise<void> {
  if (eventIds.length + locationIds.length + productIds.length + vehicleIds.length === 0) return;
  const { rows } = await tx.query<Known>({
    name: 'select-known',
    text: SELECT_KNOWN,
    values: [tenantId, eventIds, locationIds, productIds, vehicleIds],
  });
  for (const { kind, id } of rows) {
    if (kind === 'event') knownEventIds.add(id);
    else if (kind === 'location') knownLocationIds.add(id);
    else if (kind === 'product') knownProductIds.add(id);
    else knownVehicleIds.add(id);
  }
}

type Known =
  | { readonly kind: 'event'; readonly id: EventId }
  | { readonly kind: 'location'; readonly id: StorageLocationId }
  | { readonly kind: 'product'; readonly id: ProductId }
  | { readonly kind: 'vehicle'; readonly id: VehicleId };

function append<Key, Value>(valuesByKey: Map<Key, readonly Value[]>, key: Key, value: Value): void {
  const values = valuesByKey.get(key);
  if (values === undefined) valuesByKey.set(key, [value]);
  else (values as Value[]).push(value);
}

/*
 * The lists go in as rows, each with a look-up of its own: whatever is known of the tables' sizes, and however many
 * other companies there are, the plan stays one walk down an index for each id.
 */

const SELECT_CONFLICTS = `
  SELECT ${selectedColumns('conflicts', 'c')} FROM unnest($2::uuid[]) AS wanted (id)
  CROSS JOIN LATERAL (
    SELECT * FROM conflicts WHERE tenant_id = $1 AND asset_id = wanted.id OFFSET 0
  ) AS c`;

const SELECT_KNOWN = `
  SELECT 'event' AS kind, known.id FROM unnest($2::uuid[]) AS wanted (id)
  CROSS JOIN LATERAL (SELECT id FROM events WHERE tenant_id = $1 AND id = wanted.id LIMIT 1) AS known
  UNION ALL
  SELECT 'location', known.id FROM unnest($3::uuid[]) AS wanted (id)
  CROSS JOIN LATERAL (SELECT id FROM storage_locations WHERE tenant_id = $1 AND id = wanted.id LIMIT 1) AS known
  UNION ALL
  SELECT 'product', known.id FROM unnest($4::uuid[]) AS wanted (id)
  CROSS JOIN LATERAL (SELECT id FROM products WHERE tenant_id = $1 AND id = wanted.id LIMIT 1) AS known
  UNION ALL
  SELECT 'vehicle', known.id FROM unnest($5::uuid[]) AS wanted (id)
  CROSS JOIN LATERAL (SELECT id FROM vehicles WHERE tenant_id = $1 AND id = wanted.id LIMIT 1) AS known`;
