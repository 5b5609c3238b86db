import type { Conflict } from '@eventkit/shared/ledger/conflict.ts';
import type { Movement } from '@eventkit/shared/ledger/movement.ts';
import { rowOfAsset, rowOfConflict, rowOfMovement } from '@eventkit/shared/schema/ledger-rows.ts';
import type { SyncedTableName } from '@eventkit/shared/schema/synced-tables.ts';
import type { MemoryLedger } from '@eventkit/shared/test/memory-ledger.ts';
import type { TenantTables } from './memory-database.ts';
import type { SyncedRow } from './virtual-download.ts';

/** The rows of the server that operations change, as the device with this id would have them. */
export function rowsForDevice(
  { ledger, operationsById }: TenantTables,
  deviceId: string,
): ReadonlyMap<SyncedTableName, readonly SyncedRow[]> {
  const rows = new Map<SyncedTableName, SyncedRow[]>([
    ['assets', [...ledger.assetsById.values()].map(rowOfAsset)],
    ['movements', movementsOf(ledger).map(rowOfMovement)],
    ['conflicts', conflictsOf(ledger).map(rowOfConflict)],
    [
      'operations',
      [...operationsById.values()]
        .filter(({ operation }) => operation.deviceId === deviceId)
        .map(({ operation, verdict, reason, receivedAt }) => ({
          id: operation.id,
          device_id: operation.deviceId,
          epoch: operation.epoch,
          sequence: operation.sequence,
          kind: operation.intent.kind,
          verdict,
          reason,
          recorded_at: operation.recordedAt,
          recorded_by: operation.recordedBy,
          received_at: receivedAt,
        })),
    ],
  ]);
  for (const { rowsByTable } of ledger.subjectsByKey.values()) {
    for (const [table, ofSubject] of rowsByTable) {
      const known = rows.get(table);
      if (known === undefined) rows.set(table, [...ofSubject.values()]);
      else known.push(...ofSubject.values());
    }
  }
  return rows;
}

/** Every movement, known or not. */
export function movementsOf({ movementsByAssetId, waitingMovements }: MemoryLedger): Movement[] {
  return [...[...movementsByAssetId.values()].flat(), ...waitingMovements.values()];
}

/** Every conflict that there is, of assets and of subjects. */
export function conflictsOf(ledger: MemoryLedger): Conflict[] {
  return [
    ...[...ledger.conflictsByAssetId.values()].flat(),
    ...[...ledger.subjectsByKey.values()].flatMap(({ conflicts }) => conflicts),
  ];
}
