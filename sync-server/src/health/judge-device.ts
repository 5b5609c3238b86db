import { type Instant, instantOfMs, msOf } from '@eventkit/shared/kernel/instant.ts';
import { countMissing, type SeenSequences } from '#upload/record-sequences.ts';

/** What is known of one local storage. Instants are null where it was never heard of from the device itself. */
export type StorageVitals = {
  readonly epoch: string;
  readonly startedAt: Instant | null;
  readonly lastContactAt: Instant | null;
  readonly queueLength: number;
  readonly oldestWaitingAt: Instant | null;
  readonly appVersion: string;
  readonly clockOffsetMs: number | null;
  readonly isStorageKept: boolean | null;
  readonly seen: SeenSequences;
  readonly recordedSequence: number;
};

export type DeviceVitals = {
  readonly registeredAt: Instant;
  readonly revokedAt: Instant | null;
  /** When it was ordered to be wiped: what waits on it is then told with the order. */
  readonly wipeOrderedAt: Instant | null;
  readonly keptCount: number;
  readonly storages: readonly StorageVitals[];
};

/** The worst first. */
export const findingKinds = [
  'storage_lost',
  'numbers_missing',
  'queue_stuck',
  'kept_unread',
  'revoked_with_queue',
  'silent',
  'storage_not_kept',
  'clock_off',
] as const;
export type FindingKind = (typeof findingKinds)[number];

export type Finding = {
  readonly kind: FindingKind;
  /** How many operations it is about; 0 where it is about none. */
  readonly count: number;
  readonly since: Instant | null;
};

export type JudgedStorage = StorageVitals & {
  readonly lostAt: Instant | null;
  readonly missingCount: number;
};

export type JudgedDevice = {
  /** The present one first. */
  readonly storages: readonly JudgedStorage[];
  /** The worst first; empty where all is well. */
  readonly findings: readonly Finding[];
};

const LOSS_SHOWN_FOR_MS = 30 * 86_400_000;
const IN_CONTACT_MS = 15 * 60_000;
const STUCK_AFTER_MS = 3_600_000;
const CLOCK_OFF_MS = 120_000;

/** What is the matter with a device, by rules SH1 to SH9. */
export function judgeDevice(
  device: DeviceVitals,
  { nowMs, silentAfterMs }: { readonly nowMs: number; readonly silentAfterMs: number },
): JudgedDevice {
  const storages = judgeStorages(device.storages);
  const present = storages.find(({ lostAt }) => lostAt === null);
  const isOlder = (at: Instant, ms: number) => nowMs - msOf(at) > ms;
  const findings: Finding[] = [];
  const find = (kind: FindingKind, count: number, since: Instant | null) =>
    findings.push({ kind, count, since });

  for (const { lostAt, missingCount } of storages) {
    if (lostAt !== null && missingCount > 0 && !isOlder(lostAt, LOSS_SHOWN_FOR_MS)) {
      find('storage_lost', missingCount, lostAt);
    }
  }
  if (present !== undefined && present.missingCount > 0) find('numbers_missing', present.missingCount, null);
  if (device.keptCount > 0) find('kept_unread', device.keptCount, null);
  const queueLength = present?.queueLength ?? 0;
  if (device.revokedAt !== null) {
    if (queueLength > 0 && device.wipeOrderedAt === null)
      find('revoked_with_queue', queueLength, device.revokedAt);
  } else {
    const heardAt = present?.lastContactAt ?? device.registeredAt;
    if (isOlder(heardAt, silentAfterMs)) find('silent', queueLength, heardAt);
    const waitingSince = present?.oldestWaitingAt ?? null;
    if (waitingSince !== null && !isOlder(heardAt, IN_CONTACT_MS) && isOlder(waitingSince, STUCK_AFTER_MS)) {
      find('queue_stuck', queueLength, waitingSince);
    }
    if (present?.isStorageKept === false) find('storage_not_kept', 0, null);
    if (Math.abs(present?.clockOffsetMs ?? 0) >= CLOCK_OFF_MS) find('clock_off', 0, null);
  }
  return { storages, findings: findings.toSorted((a, b) => rankOf(a) - rankOf(b)) };
}

/** For putting devices in order: smaller is worse. */
export function severityOf({ findings }: Pick<JudgedDevice, 'findings'>): number {
  const [worst] = findings;
  return worst === undefined ? findingKinds.length : rankOf(worst);
}

function rankOf({ kind }: Finding): number {
  return findingKinds.indexOf(kind);
}

function judgeStorages(storages: readonly StorageVitals[]): JudgedStorage[] {
  const [present, ...others] = storages.toSorted((a, b) => heardMs(b) - heardMs(a));
  if (present === undefined) return [];
  const between = present.seen.gaps.length === 0 ? 0 : countMissing(present.seen, 0);
  return [
    { ...present, lostAt: null, missingCount: between },
    ...others.map((storage) => ({
      ...storage,
      lostAt: lossOf(storage, storages, present),
      missingCount: countMissing(storage.seen, storage.recordedSequence),
    })),
  ];
}

function lossOf(
  { lastContactAt }: StorageVitals,
  storages: readonly StorageVitals[],
  present: StorageVitals,
): Instant | null {
  if (lastContactAt === null) return present.startedAt;
  const later = storages.flatMap(({ startedAt }) =>
    startedAt !== null && startedAt > lastContactAt ? [msOf(startedAt)] : [],
  );
  return later.length === 0 ? null : instantOfMs(Math.min(...later));
}

function heardMs({ lastContactAt }: StorageVitals): number {
  return lastContactAt === null ? Number.NEGATIVE_INFINITY : msOf(lastContactAt);
}
