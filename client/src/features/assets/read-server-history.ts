import type { Movement } from '@eventkit/proto/gen/eventkit/v1/scanning_pb.ts';
import { dispositionNumbers, wordOf } from '@eventkit/proto/operation-enums.ts';
import type { AssetId, MovementId, OperationId } from '@eventkit/shared/kernel/ids.ts';
import { instantOfMicros } from '@eventkit/shared/kernel/instant.ts';
import type { MovementKind } from '@eventkit/shared/ledger/movement.ts';
import { readAttachments } from '#platform/attachments/read-attachments.ts';
import type { RpcClients } from '#platform/rpc/rpc-clients.ts';
import type { ReplicaReader } from '#platform/scanner/find-asset.ts';
import { type HistoryEntry, kindsByLabel, lateMsOf } from './read-history.ts';

/** A part of the ledger of one thing as the server has it, newest first. */
export type ServerHistoryPage = {
  readonly entries: readonly HistoryEntry[];
  /** Where to go on; null at the beginning of the ledger. */
  readonly nextPageToken: string | null;
};

/** As many as the device itself shows, so that the second answer holds what the device does not. */
const PAGE_SIZE = 200;

export const PLACE_NAMES = `SELECT j.value AS id, coalesce(
  (SELECT s.code FROM storage_locations s WHERE s.id = j.value),
  (SELECT a.code FROM assets_now a WHERE a.id = j.value),
  (SELECT e.name FROM events_now e WHERE e.id = j.value),
  (SELECT v.name FROM vehicles v WHERE v.id = j.value)) AS name
  FROM json_each(?) j`;
export const UNDONE_OPERATIONS = `SELECT m.undoes_operation_id AS id FROM movements_now m
  WHERE m.asset_id = ? AND m.undoes_operation_id IS NOT NULL`;

/**
 * Goes on through the ledger from `pageToken` until something comes that `knows` denies, or to its beginning. The
 * server names people and devices, also those that were deactivated; places are named by this device. Throws a
 * ConnectError where the server does not answer.
 */
export async function readServerHistory(
  { scanning, replica }: { readonly scanning: RpcClients['scanning']; readonly replica: ReplicaReader },
  {
    assetId,
    pageToken,
    knows,
  }: {
    readonly assetId: AssetId;
    readonly pageToken: string;
    readonly knows: (id: MovementId) => boolean;
  },
  signal: AbortSignal,
): Promise<ServerHistoryPage> {
  const movements: Movement[] = [];
  let token = pageToken;
  do {
    const page = await scanning.listMovements({ assetId, pageSize: PAGE_SIZE, pageToken: token }, { signal });
    movements.push(...page.movements);
    token = page.nextPageToken;
  } while (token !== '' && movements.every(({ id }) => knows(id as MovementId)));
  return { entries: await named(replica, assetId, movements), nextPageToken: token === '' ? null : token };
}

async function named(
  replica: ReplicaReader,
  assetId: AssetId,
  movements: readonly Movement[],
): Promise<HistoryEntry[]> {
  const placeIds = [...new Set(movements.flatMap(({ to }) => to?.place.value ?? []))];
  const operationIds = movements.map(({ operationId }) => operationId as OperationId);
  const [names, undone, attachmentsOf] = await Promise.all([
    replica.getAll<{ id: string; name: string | null }>(PLACE_NAMES, [JSON.stringify(placeIds)]),
    replica.getAll<{ id: string }>(UNDONE_OPERATIONS, [assetId]),
    readAttachments(replica, operationIds),
  ]);
  const nameById = new Map(names.map(({ id, name }) => [id, name]));
  const undoneIds = new Set(undone.map(({ id }) => id));
  return movements.flatMap((movement) => {
    // A newer server may know acts for which this version has no words.
    if (!isKind(movement.kind)) return [];
    const effectiveAt = instantOfMicros(movement.effectiveAtMicros);
    return {
      id: movement.id as MovementId,
      kind: movement.kind,
      effectiveAt,
      placeName: nameById.get(movement.to?.place.value ?? '') ?? null,
      who: nameOf(movement.recordedByName),
      device: nameOf(movement.deviceName),
      disposition:
        movement.disposition === undefined
          ? null
          : (wordOf(dispositionNumbers, movement.disposition) ?? null),
      overrideReason: movement.overrideReason ?? null,
      note: movement.note ?? null,
      isPending: false,
      lateMs: lateMsOf(effectiveAt, instantOfMicros(movement.receivedAtMicros)),
      isByHand: movement.byHand && kindsByLabel.has(movement.kind),
      isTakenBack: undoneIds.has(movement.operationId),
      attachments: attachmentsOf(movement.operationId as OperationId),
    };
  });
}

const kinds: Readonly<Record<MovementKind, true>> = {
  check_out: true,
  check_in: true,
  move: true,
  pack: true,
  unpack: true,
  quarantine: true,
  release: true,
  retire: true,
  load: true,
  unload: true,
  found: true,
  repair_start: true,
  repair_done: true,
  inspection_result: true,
  seal: true,
  open: true,
  resolve: true,
  approve_stocktake: true,
  undo: true,
};

function isKind(kind: string): kind is MovementKind {
  return Object.hasOwn(kinds, kind);
}

function nameOf(name: string): string | null {
  return name === '' ? null : name;
}
