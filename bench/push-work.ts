import {
  type AssetId,
  type DeviceId,
  type EventId,
  type OperationId,
  type StorageLocationId,
  type UserId,
  uuidV7,
} from '@eventkit/shared/kernel/ids.ts';
import type { Place } from '@eventkit/shared/ledger/asset-state.ts';
import type { Intent, ScannedAsset } from '@eventkit/shared/operations/operation.ts';
import type { PushedOperation } from '@eventkit/sync-server/upload/read-pushed.ts';
import { createTestDevice, instantAt, pushedOf } from '@eventkit/sync-server/upload/testing/test-device.ts';
import type { UploadTenant } from '@eventkit/sync-server/upload/testing/upload-tenant.ts';

const FIRST_RECORDED_MS = Date.parse(instantAt(0));

/** A crew with one device: out, in again, moved, packed ten at a time, now and then taken back. */
export type Crew = { take(count: number): PushedOperation[] };

/** Crews that share the stock out among themselves, except for one scan in fifty, which goes to anything at all. */
export function crewsAtWork(tenant: UploadTenant, deviceIds: readonly DeviceId[]): Crew[] {
  return deviceIds.map((deviceId, index) => {
    const random = mulberry32(index + 1);
    const randomForIds = mulberry32(Number.parseInt(deviceId.slice(0, 8), 16));
    const userId = tenant.userIds[index % tenant.userIds.length] as UserId;
    const device = createTestDevice(deviceId, userId);
    const share = Math.floor(tenant.assetIds.length / deviceIds.length);
    const placesById = new Map<AssetId, Place>();
    const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
    const home: Place = { kind: 'location', id: tenant.locationIds[0] as StorageLocationId };
    let last: PushedOperation['id'] | null = null;
    let recordedCount = 0;

    /** As devices make them: by time, so that neighbours in time are neighbours in every index. */
    function nextId(): OperationId {
      recordedCount += 1;
      const bytes = Uint8Array.from({ length: 10 }, () => Math.floor(randomForIds() * 256));
      return uuidV7(FIRST_RECORDED_MS + recordedCount * 60_000, bytes) as OperationId;
    }

    function scan(to: Place): ScannedAsset {
      const isAnybodys = random() < 0.02;
      const chosen = Math.floor(random() * (isAnybodys ? tenant.assetIds.length : share));
      const number = isAnybodys ? chosen : index * share + chosen;
      const asset = tenant.assetIds[number] as AssetId;
      const observed = { place: placesById.get(asset) ?? home, status: 'in_service' as const };
      placesById.set(asset, to);
      return { code: `A-${number}`, assetId: asset, observed };
    }

    function nextIntent(): Intent {
      const chance = random();
      if (chance < 0.62) {
        const eventId = pick<EventId>(tenant.eventIds);
        return {
          kind: 'check_out',
          asset: scan({ kind: 'event', id: eventId }),
          eventId,
          overrideReason: null,
        };
      }
      const locationId = pick<StorageLocationId>(tenant.locationIds);
      const at: Place = { kind: 'location', id: locationId };
      if (chance < 0.87) {
        return { kind: 'check_in', asset: scan(at), locationId, disposition: 'ok', note: null };
      }
      if (chance < 0.95) return { kind: 'move', asset: scan(at), locationId };
      if (chance < 0.98 || last === null) {
        const caseId = pick<AssetId>(tenant.caseIds);
        const members = Array.from({ length: 10 }, () => scan({ kind: 'case', id: caseId }));
        return { kind: 'pack', caseId, members };
      }
      return { kind: 'undo', operationId: last as never };
    }

    return {
      take(count) {
        return Array.from({ length: count }, () => {
          const intent = nextIntent();
          const operation = device.record(intent, { id: nextId() });
          last = intent.kind === 'undo' ? null : operation.id;
          return pushedOf(operation);
        });
      },
    };
  });
}

/** A small seeded generator (Tommy Ettinger's mulberry32): the same work in every run. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
