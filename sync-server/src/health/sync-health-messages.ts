import type { MessageInitShape } from '@bufbuild/protobuf';
import { WipeKind } from '@eventkit/proto/gen/eventkit/v1/devices_pb.ts';
import {
  DeviceFindingKind,
  type DeviceFindingSchema,
  type DeviceHealthSchema,
  type ImportedOperationSchema,
  type ImportOperationsResponseSchema,
  ImportOutcome,
  type KeptOperationSchema,
  type StorageHealthSchema,
} from '@eventkit/proto/gen/eventkit/v1/sync_health_pb.ts';
import { Verdict } from '@eventkit/proto/gen/eventkit/v1/sync_pb.ts';
import { microsOf } from '@eventkit/shared/kernel/instant.ts';
import { verdictNumbers } from '#upload/verdict-numbers.ts';
import type { DeviceRow } from './device-health-store.ts';
import type { Imported, ImportedOperation } from './import-operations.ts';
import type { Finding, FindingKind, JudgedDevice, JudgedStorage } from './judge-device.ts';
import type { KeptRow } from './kept-operations-store.ts';
import { readTold } from './read-told.ts';

export function deviceMessage(
  device: DeviceRow,
  { storages, findings }: JudgedDevice,
): MessageInitShape<typeof DeviceHealthSchema> {
  const present = storages.find(({ lostAt }) => lostAt === null);
  const { revokedAt, registeredAt, keptCount } = device;
  return {
    deviceId: device.id,
    name: device.name,
    registeredByName: device.registeredByName,
    registeredAtMicros: microsOf(registeredAt),
    keptCount,
    ...(revokedAt === null ? {} : { revokedAtMicros: microsOf(revokedAt) }),
    ...(present === undefined ? {} : presentMessage(present)),
    storages: storages.map(storageMessage),
    findings: findings.map(findingMessage),
    ...wipeMessage(device),
  };
}

function wipeMessage(device: DeviceRow): Pick<MessageInitShape<typeof DeviceHealthSchema>, 'wipe'> {
  const { wipeKind, wipeOrderedAt, wipeBegunAt, wipedAt, wipeLeftCount } = device;
  if (wipeKind === null || wipeOrderedAt === null) return {};
  return {
    wipe: {
      kind: wipeKind === 'now' ? WipeKind.NOW : WipeKind.COLLECT,
      orderedAtMicros: microsOf(wipeOrderedAt),
      ...(wipeBegunAt === null ? {} : { begunAtMicros: microsOf(wipeBegunAt) }),
      ...(wipedAt === null ? {} : { doneAtMicros: microsOf(wipedAt) }),
      ...(wipeLeftCount === null ? {} : { leftCount: wipeLeftCount }),
    },
  };
}

function presentMessage(present: JudgedStorage) {
  const { lastContactAt, oldestWaitingAt, clockOffsetMs, isStorageKept } = present;
  return {
    queueLength: present.queueLength,
    appVersion: present.appVersion,
    ...(lastContactAt === null ? {} : { lastContactAtMicros: microsOf(lastContactAt) }),
    ...(oldestWaitingAt === null ? {} : { oldestWaitingAtMicros: microsOf(oldestWaitingAt) }),
    ...(clockOffsetMs === null ? {} : { clockOffsetMs: BigInt(clockOffsetMs) }),
    ...(isStorageKept === null ? {} : { isStorageKept }),
  };
}

function storageMessage(storage: JudgedStorage): MessageInitShape<typeof StorageHealthSchema> {
  const { startedAt, lastContactAt, lostAt, seen } = storage;
  return {
    epoch: storage.epoch,
    lastSequence: BigInt(seen.lastSequence),
    recordedSequence: BigInt(Math.max(storage.recordedSequence, seen.lastSequence)),
    gaps: seen.gaps.map(([from, to]) => ({ from: BigInt(from), to: BigInt(to) })),
    missingCount: BigInt(storage.missingCount),
    ...(startedAt === null ? {} : { startedAtMicros: microsOf(startedAt) }),
    ...(lastContactAt === null ? {} : { lastContactAtMicros: microsOf(lastContactAt) }),
    ...(lostAt === null ? {} : { lostAtMicros: microsOf(lostAt) }),
  };
}

function findingMessage({ kind, count, since }: Finding): MessageInitShape<typeof DeviceFindingSchema> {
  return {
    kind: findingNumbers[kind],
    count: BigInt(count),
    ...(since === null ? {} : { sinceMicros: microsOf(since) }),
  };
}

const findingNumbers: Readonly<Record<FindingKind, DeviceFindingKind>> = {
  storage_lost: DeviceFindingKind.STORAGE_LOST,
  numbers_missing: DeviceFindingKind.NUMBERS_MISSING,
  queue_stuck: DeviceFindingKind.QUEUE_STUCK,
  kept_unread: DeviceFindingKind.KEPT_UNREAD,
  revoked_with_queue: DeviceFindingKind.REVOKED_WITH_QUEUE,
  silent: DeviceFindingKind.SILENT,
  storage_not_kept: DeviceFindingKind.STORAGE_NOT_KEPT,
  clock_off: DeviceFindingKind.CLOCK_OFF,
};

/** `namesById` are those of the people whom the bytes name. */
export function keptMessage(
  row: KeptRow,
  namesById: ReadonlyMap<string, string>,
): MessageInitShape<typeof KeptOperationSchema> {
  const told = readTold(row.envelope);
  const colon = row.problem.indexOf(': ');
  return {
    id: row.id,
    deviceId: row.deviceId,
    deviceName: row.deviceName,
    sentByName: row.sentByName,
    recordedByName: namesById.get(told.recordedBy ?? '') ?? '',
    kind: told.kind ?? '',
    receivedAtMicros: microsOf(row.receivedAt),
    problem: colon === -1 ? row.problem : row.problem.slice(0, colon),
    detail: colon === -1 ? '' : row.problem.slice(colon + 2),
    byteCount: row.envelope.byteLength,
    ...(told.recordedAt === null ? {} : { recordedAtMicros: microsOf(told.recordedAt) }),
    ...(row.retriedAt === null ? {} : { retriedAtMicros: microsOf(row.retriedAt) }),
  };
}

export function importMessage({
  deviceName,
  madeAt,
  isWhole,
  operations,
}: Imported): MessageInitShape<typeof ImportOperationsResponseSchema> {
  return { deviceName, madeAtMicros: microsOf(madeAt), isWhole, operations: operations.map(importedMessage) };
}

function importedMessage(operation: ImportedOperation): MessageInitShape<typeof ImportedOperationSchema> {
  const { id, sequence, outcome, ruling, kind, recordedAt } = operation;
  return {
    id,
    sequence: BigInt(sequence),
    outcome: outcomeNumbers[outcome],
    verdict: ruling === null ? Verdict.UNSPECIFIED : verdictNumbers[ruling.verdict],
    reason: ruling?.reason ?? '',
    kind: kind ?? '',
    ...(recordedAt === null ? {} : { recordedAtMicros: microsOf(recordedAt) }),
  };
}

const outcomeNumbers: Readonly<Record<ImportedOperation['outcome'], ImportOutcome>> = {
  taken: ImportOutcome.TAKEN,
  already_there: ImportOutcome.ALREADY_THERE,
  kept_unread: ImportOutcome.KEPT_UNREAD,
  damaged: ImportOutcome.DAMAGED,
};
