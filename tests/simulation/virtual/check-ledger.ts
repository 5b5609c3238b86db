import { expectBulk } from '#simulation/bulk-oracle.ts';
import { expectEdits } from '#simulation/edits-oracle.ts';
import { expectFillings } from '#simulation/fillings-oracle.ts';
import { expectLedger } from '#simulation/ledger-oracle.ts';
import { assetIdIn, stockOf } from '#simulation/stock-of.ts';
import { expectTransport } from '#simulation/transport-oracle.ts';
import type { CompanyRecord } from './check-server.ts';
import { conflictsOf, rowsForDevice } from './memory-rows.ts';
import type { World } from './world.ts';

/** What nobody decides without the right to it. */
const DECISIONS: ReadonlySet<string> = new Set(['release', 'retire', 'approve_stocktake']);

/** I4, I6, UP4 and UP15: everything is where, and as, the oracles say, and so are the conflicts. */
export function checkLedger(world: World, { tenant, tables }: CompanyRecord): void {
  const stood = [...tables.operationsById.values()].filter(({ verdict }) => verdict !== 'refused');
  for (const { operation, effectiveAt, receivedAt, reason, mayScan } of stood) {
    const expected = operation.recordedAt < receivedAt ? operation.recordedAt : receivedAt;
    if (effectiveAt !== expected) world.violate('UP4', `${operation.id} counts as of ${effectiveAt}`);
    const isScan = operation.intent.kind !== 'undo' && !('rowId' in operation.intent);
    if (isScan && (reason === 'no_permission') === mayScan)
      world.violate('UP15', `${operation.id} says ${reason}`);
    if (!mayScan && DECISIONS.has(operation.intent.kind))
      world.violate('UP15', `${operation.id} was decided without the right`);
  }
  const expected = expectLedger(stockOf(tenant), stood);
  const bulk = expectBulk(stood);
  const edits = expectEdits(tenant, stood);
  const transport = expectTransport(stood, assetIdIn(stockOf(tenant)));
  for (const { id, code, state } of tables.ledger.assetsById.values()) {
    const { place, eventId, status, condition, inspectionDueAt, sealedBy, lastMovementId } = state;
    const found = {
      place: `${place.kind} ${place.id}`,
      outFor: eventId,
      status,
      condition,
      inspectionDueAt,
      sealedBy,
      lastMovementId,
    };
    const wanted = expected.assetsById.get(id);
    for (const [name, value] of Object.entries(found)) {
      const said = wanted?.[name as keyof typeof found];
      if (said !== value) world.violate('I4', `${name} of ${code} is ${value}, the oracle says ${said}`);
    }
  }
  const rows = rowsForDevice(tables, '');
  for (const { id, quantity } of rows.get('bulk_stock') ?? []) {
    const said = bulk.quantitiesByStock.get(id);
    if (said !== quantity) world.violate('I4', `stock ${id} is ${quantity}, the oracle says ${said}`);
  }
  const fillings = new Map(rows.get('line_fillings')?.map((row) => [row.id, row['line_id']]));
  const filled = expectFillings(stood);
  for (const id of new Set([...fillings.keys(), ...filled.keys()])) {
    if (fillings.get(id) === filled.get(id)) continue;
    world.violate('I4', `${id} fills ${fillings.get(id)}, the oracle says ${filled.get(id)}`);
  }
  for (const [id, said] of transport.bySubject) {
    const state = transportStateOf(rows, id);
    if (said !== state) world.violate('I4', `${id} is ${state}, the oracle says ${said}`);
  }
  const lines = new Map(rows.get('pull_list_lines')?.map((row) => [row.id, row]));
  for (const [rowId, fields] of Object.entries(edits.fields)) {
    const line = lines.get(rowId);
    const isSame =
      fields === null
        ? line === undefined
        : line !== undefined && Object.entries(fields).every(([name, value]) => line[name] === value);
    if (!isSame)
      world.violate('I4', `line ${rowId} is ${JSON.stringify(line)}, not ${JSON.stringify(fields)}`);
  }
  const conflicts = conflictsOf(tables.ledger).map(({ id, status }) => `${id} ${status}`);
  const causes = new Set([
    ...expected.conflicts,
    ...bulk.conflicts,
    ...transport.conflicts,
    ...edits.conflicts,
  ]);
  const missing = [...causes].filter((one) => !conflicts.includes(one));
  const surplus = conflicts.filter((one) => !causes.has(one));
  if (missing.length > 0) world.violate('I6', `not on the list: ${missing.join(', ')}`);
  if (surplus.length > 0) world.violate('I6', `on the list without a cause: ${surplus.join(', ')}`);
}

/** In the words of the oracle: of a vehicle since when it is on the road and where it is, of a pack what it came to. */
function transportStateOf(rows: ReturnType<typeof rowsForDevice>, id: string): string | undefined {
  const vehicle = rows.get('vehicle_states')?.find((row) => row.id === id);
  if (vehicle !== undefined) return `${vehicle['on_road_since'] ?? null} ${vehicle['place_id'] ?? null}`;
  const pack = rows.get('truck_packs')?.find((row) => row.id === id);
  if (pack === undefined) return undefined;
  const count = (column: string) => (JSON.parse(String(pack[column])) as unknown[]).length;
  return `${pack['confirmation_id'] ?? null} ${count('changes')} ${count('witnesses')}`;
}
