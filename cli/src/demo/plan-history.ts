import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import { foldAssets } from '@eventkit/shared/ledger/fold-assets.ts';
import { rowOfMovement } from '@eventkit/shared/schema/ledger-rows.ts';
import type { AssetRow, CompanyRows } from './demo-rows.ts';
import type { PlannedEvent } from './plan-events.ts';
import { planScans, type Scanner } from './plan-scans.ts';
import type { Random } from './random.ts';
import { baselineOf, CLOCK_OFFSET_MS, recordScans } from './record-scans.ts';

export type History = Pick<CompanyRows, 'assets' | 'operations' | 'movements' | 'device_progress'>;

/**
 * What was scanned so far: the last closed events went out and came back (some pieces damaged, some lost), running
 * ones are out, one of today's is half packed. Every asset ends as the ledger's fold of its movements says.
 */
export function planHistory(
  { random, nowMs }: { readonly random: Random; readonly nowMs: number },
  assets: readonly AssetRow[],
  events: readonly PlannedEvent[],
  scanners: readonly Scanner[],
  quarantineId: string,
): History {
  const scans = planScans(random, nowMs, assets, events, scanners, quarantineId);
  const { operations, movements } = recordScans(random, scans);
  const states = foldAssets(
    assets.map((asset) => ({ id: asset.id as AssetId, baseline: baselineOf(asset) })),
    movements,
  );
  if (states.conflicts.length > 0)
    throw new Error(`the demo's history has conflicts: ${states.conflicts[0]?.id}`);
  const moved = new Set(movements.map(({ assetId }) => assetId));
  return {
    assets: assets.map((asset) => {
      const state = moved.has(asset.id as AssetId) ? states.statesById.get(asset.id as AssetId) : undefined;
      if (state === undefined) return asset;
      return {
        ...asset,
        place_kind: state.place.kind,
        place_id: state.place.id,
        status: state.status,
        condition: state.condition,
        last_movement_id: state.lastMovementId,
        last_moved_at: state.lastMovedAt,
      };
    }),
    operations,
    movements: movements.map(rowOfMovement),
    device_progress: scanners.map(({ deviceId, epoch }) => {
      const own = operations.filter((operation) => operation.device_id === deviceId);
      return {
        device_id: deviceId,
        epoch,
        last_sequence: own.length,
        recorded_sequence: own.length,
        started_at: own[0]?.received_at ?? instantOfMs(nowMs),
        clock_offset_ms: CLOCK_OFFSET_MS,
        last_contact_at: own.at(-1)?.received_at ?? instantOfMs(nowMs),
      };
    }),
  };
}
