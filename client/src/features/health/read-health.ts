import { WipeKind } from '@eventkit/proto/gen/eventkit/v1/devices_pb.ts';
import type {
  DeviceHealth,
  DeviceWipe,
  DeviceFinding as FindingMessage,
  KeptOperation as KeptMessage,
  ListDeviceHealthResponse,
  ListKeptOperationsResponse,
  StorageHealth,
} from '@eventkit/proto/gen/eventkit/v1/sync_health_pb.ts';
import { DeviceFindingKind } from '@eventkit/proto/gen/eventkit/v1/sync_health_pb.ts';
import { type Instant, instantOfMicros, instantOrNull } from '@eventkit/shared/kernel/instant.ts';

export type FindingKind =
  | 'storage_lost'
  | 'numbers_missing'
  | 'queue_stuck'
  | 'kept_unread'
  | 'revoked_with_queue'
  | 'silent'
  | 'storage_not_kept'
  | 'clock_off';

export type Finding = { readonly kind: FindingKind; readonly count: number; readonly since: Instant | null };

export type ShownStorage = {
  readonly epoch: string;
  readonly startedAt: Instant | null;
  readonly lostAt: Instant | null;
  readonly cameCount: number;
  readonly missingCount: number;
  /** As `4–7, 12`; empty where nothing was skipped. */
  readonly gaps: string;
};

/** An order to wipe a device, and how far it has come. */
export type ShownWipe = {
  readonly kind: WipeChoice;
  readonly orderedAt: Instant;
  /** From then on nobody can take it back. */
  readonly begunAt: Instant | null;
  readonly doneAt: Instant | null;
  /** What it held that the server does not have, when it was last heard about it; null where it was not. */
  readonly leftCount: number | null;
};

export type WipeChoice = 'collect' | 'now';

export type ShownDevice = {
  readonly id: string;
  readonly name: string;
  readonly registeredByName: string;
  readonly revokedAt: Instant | null;
  readonly lastContactAt: Instant | null;
  readonly queueLength: number;
  readonly oldestWaitingAt: Instant | null;
  readonly appVersion: string;
  readonly clockOffsetMs: number | null;
  readonly isStorageKept: boolean | null;
  readonly keptCount: number;
  /** Null where no order stands. */
  readonly wipe: ShownWipe | null;
  readonly storages: readonly ShownStorage[];
  /** The worst first. */
  readonly findings: readonly Finding[];
};

export type KeptOperation = {
  readonly id: string;
  readonly deviceId: string;
  readonly deviceName: string;
  /** Who did it, or who sent it where the bytes do not tell. */
  readonly person: string;
  readonly kind: string;
  readonly recordedAt: Instant | null;
  readonly receivedAt: Instant;
  readonly retriedAt: Instant | null;
  readonly problem: string;
  readonly detail: string;
};

export type SyncHealth = {
  /** The worst off first. */
  readonly devices: readonly ShownDevice[];
  readonly silentAfterDays: number;
  /** Newest first, at most so many as the server gives at once. */
  readonly kept: readonly KeptOperation[];
  readonly keptCount: number;
};

/** What the server says of devices and of what it keeps, as screens show it. */
export function readHealth(
  health: Pick<ListDeviceHealthResponse, 'devices' | 'silentAfterDays'>,
  kept: Pick<ListKeptOperationsResponse, 'operations' | 'totalCount'>,
): SyncHealth {
  return {
    devices: health.devices.map(deviceOf),
    silentAfterDays: health.silentAfterDays,
    kept: kept.operations.map(keptOf),
    keptCount: kept.totalCount,
  };
}

/** Findings that somebody should act on, as against those that are only worth knowing. */
export function isUrgent({ kind }: Finding): boolean {
  return kind !== 'storage_not_kept' && kind !== 'clock_off';
}

function deviceOf(device: DeviceHealth): ShownDevice {
  const { deviceId, name, registeredByName, queueLength, appVersion, keptCount } = device;
  return {
    id: deviceId,
    name,
    registeredByName,
    queueLength,
    appVersion,
    keptCount,
    revokedAt: instantOrNull(device.revokedAtMicros),
    wipe: device.wipe === undefined ? null : wipeOf(device.wipe),
    lastContactAt: instantOrNull(device.lastContactAtMicros),
    oldestWaitingAt: instantOrNull(device.oldestWaitingAtMicros),
    clockOffsetMs: device.clockOffsetMs === undefined ? null : Number(device.clockOffsetMs),
    isStorageKept: device.isStorageKept ?? null,
    storages: device.storages.map(storageOf),
    findings: device.findings.flatMap(findingOf),
  };
}

function wipeOf({ kind, orderedAtMicros, begunAtMicros, doneAtMicros, leftCount }: DeviceWipe): ShownWipe {
  return {
    kind: kind === WipeKind.NOW ? 'now' : 'collect',
    orderedAt: instantOfMicros(orderedAtMicros),
    begunAt: instantOrNull(begunAtMicros),
    doneAt: instantOrNull(doneAtMicros),
    leftCount: leftCount ?? null,
  };
}

function storageOf({ epoch, lastSequence, gaps, missingCount, ...rest }: StorageHealth): ShownStorage {
  const skipped = gaps.reduce((sum, { from, to }) => sum + Number(to - from) + 1, 0);
  return {
    epoch,
    startedAt: instantOrNull(rest.startedAtMicros),
    lostAt: instantOrNull(rest.lostAtMicros),
    cameCount: Number(lastSequence) - skipped,
    missingCount: Number(missingCount),
    gaps: gaps.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`)).join(', '),
  };
}

/** A finding that this version has no words for is left out. */
function findingOf({ kind, count, sinceMicros }: FindingMessage): Finding[] {
  const known = findingKinds.get(kind);
  return known === undefined
    ? []
    : [{ kind: known, count: Number(count), since: instantOrNull(sinceMicros) }];
}

const findingKinds: ReadonlyMap<DeviceFindingKind, FindingKind> = new Map([
  [DeviceFindingKind.STORAGE_LOST, 'storage_lost'],
  [DeviceFindingKind.NUMBERS_MISSING, 'numbers_missing'],
  [DeviceFindingKind.QUEUE_STUCK, 'queue_stuck'],
  [DeviceFindingKind.KEPT_UNREAD, 'kept_unread'],
  [DeviceFindingKind.REVOKED_WITH_QUEUE, 'revoked_with_queue'],
  [DeviceFindingKind.SILENT, 'silent'],
  [DeviceFindingKind.STORAGE_NOT_KEPT, 'storage_not_kept'],
  [DeviceFindingKind.CLOCK_OFF, 'clock_off'],
]);

function keptOf(kept: KeptMessage): KeptOperation {
  const { id, deviceId, deviceName, recordedByName, sentByName, kind, problem, detail } = kept;
  return {
    id,
    deviceId,
    deviceName,
    person: recordedByName === '' ? sentByName : recordedByName,
    kind,
    problem,
    detail,
    recordedAt: instantOrNull(kept.recordedAtMicros),
    receivedAt: instantOfMicros(kept.receivedAtMicros),
    retriedAt: instantOrNull(kept.retriedAtMicros),
  };
}
