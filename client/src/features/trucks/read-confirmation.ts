import type { AssetId, EventId, OperationId, UserId, VehicleId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { RowOf } from '@eventkit/shared/schema/row-types.ts';
import { packIdOf } from '@eventkit/shared/transport/transport-id.ts';
import type { LeftBehind, PackChange, Witness } from '@eventkit/shared/transport/truck-pack.ts';
import { readAttachments, type ShownAttachment } from '#platform/attachments/read-attachments.ts';
import type { ReplicaReader } from '#platform/scanner/find-asset.ts';
import type { ShownConfirmation } from './truck-view.ts';

const SHOWN_MARK_LENGTH = 4;

/** Who answered for what is on board on this trip, and what changed since; null while nobody did. */
export async function readConfirmation(
  replica: ReplicaReader,
  vehicleId: VehicleId,
  eventId: EventId,
): Promise<ShownConfirmation | null> {
  const row = await replica.getOptional<RowOf<'truck_packs'>>(
    'SELECT * FROM truck_packs_now WHERE id = ? AND ended_at IS NULL AND confirmation_id IS NOT NULL',
    [packIdOf(vehicleId, eventId)],
  );
  if (!row) return null;
  const witnesses = parse<Witness>(row.witnesses);
  const changes = parse<PackChange>(row.changes);
  const leftBehind = parse<LeftBehind>(row.left_behind);
  const contents = parse<AssetId>(row.contents);
  const nameOf = await readNames(replica, 'users', [
    row.confirmed_by ?? '',
    ...witnesses.map(({ by }) => by),
  ]);
  const productNameOf = await readNames(
    replica,
    'products',
    leftBehind.map(({ productId }) => productId),
  );
  const signaturesOf = await readSignatures(replica, [
    row.confirmation_id ?? '',
    ...witnesses.map(({ factId }) => factId),
  ]);
  const things = await replica.getAll<{ id: string; code: string; productName: string }>(
    `SELECT a.id, a.code, coalesce((SELECT p.name FROM products p WHERE p.id = a.product_id), '') AS productName
      FROM assets_now a WHERE a.id IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(changes.map(({ assetId }) => assetId))],
  );
  const thingById = new Map(things.map((thing) => [thing.id, thing]));
  return {
    byName: nameOf(row.confirmed_by as UserId | null),
    signatures: signaturesOf(row.confirmation_id),
    at: row.confirmed_at as Instant,
    listCount: contents.length,
    listMark: (row.list_mark ?? '').slice(0, SHOWN_MARK_LENGTH).toUpperCase(),
    contents,
    leftBehind: leftBehind.map((left) => ({ ...left, productName: productNameOf(left.productId) ?? '' })),
    witnesses: witnesses.map(({ factId, by, at, isSameList }) => ({
      byName: nameOf(by),
      at,
      isSameList,
      signatures: signaturesOf(factId),
    })),
    changes: changes.map(({ kind, assetId }) => {
      const thing = thingById.get(assetId);
      return { kind, code: thing?.code ?? '?', productName: thing?.productName ?? '' };
    }),
  };
}

function parse<Item>(json: string | null): readonly Item[] {
  return json === null ? [] : (JSON.parse(json) as Item[]);
}

/** What was signed with the operations that these facts come from. */
async function readSignatures(
  replica: ReplicaReader,
  factIds: readonly string[],
): Promise<(factId: string | null) => readonly ShownAttachment[]> {
  const facts = await replica.getAll<{ id: string; operationId: OperationId }>(
    `SELECT id, operation_id AS operationId FROM transport_facts_now
      WHERE id IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(factIds)],
  );
  const operationIds = new Map(facts.map(({ id, operationId }) => [id, operationId]));
  const attachmentsOf = await readAttachments(replica, [...operationIds.values()]);
  return (factId) => {
    const operationId = operationIds.get(factId ?? '');
    return operationId === undefined ? [] : attachmentsOf(operationId);
  };
}

async function readNames(
  replica: ReplicaReader,
  table: 'users' | 'products',
  ids: readonly string[],
): Promise<(id: string | null) => string | null> {
  const rows = await replica.getAll<{ id: string; name: string }>(
    `SELECT id, name FROM ${table} WHERE id IN (SELECT value FROM json_each(?))`,
    [JSON.stringify([...new Set(ids)])],
  );
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return (id) => (id === null ? null : (names.get(id) ?? null));
}
