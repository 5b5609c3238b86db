import { readFileSync } from 'node:fs';
import { fromBinary, toBinary } from '@bufbuild/protobuf';
import {
  type Operation,
  OperationSchema,
  type ScannedAsset,
} from '@eventkit/proto/gen/eventkit/v1/operation_pb.ts';
import { type DeviceId, type UserId, uuidV7 } from '@eventkit/shared/kernel/ids.ts';
import type { PushedOperation } from '@eventkit/sync-server/upload/read-pushed.ts';
import { type UploadTenant, uuidOf } from '@eventkit/sync-server/upload/testing/upload-tenant.ts';
import { createRandomSource, type RandomSource } from '#simulation/random-source.ts';

const MINUTE_MS = 60_000;

/**
 * The queue of a device that was away for a month with a released version of the app: its recorded operations
 * (`proto/recorded`) over and over, said of this company's things, numbered and dated as a device does.
 */
export function makeOldQueue(
  tenant: UploadTenant,
  of: { readonly deviceId: DeviceId; readonly userId: UserId; readonly endsAtMs: number },
  count: number,
): PushedOperation[] {
  const random = createRandomSource(`old queue ${of.deviceId}`);
  const samples = readRecorded();
  const epoch = uuidOf(`${of.deviceId} epoch`);
  const ids: string[] = [];
  return Array.from({ length: count }, (_, index) => {
    const message = fromBinary(OperationSchema, samples[index % samples.length] as Uint8Array);
    const atMs = of.endsAtMs - (count - index) * MINUTE_MS;
    message.id = uuidV7(
      atMs,
      Uint8Array.from({ length: 10 }, () => random.between(0, 256)),
    );
    message.deviceId = of.deviceId;
    message.epoch = epoch;
    message.sequence = BigInt(index + 1);
    message.recordedAtMicros = BigInt(atMs) * 1000n;
    message.wallClockAtMicros = BigInt(atMs) * 1000n;
    message.recordedBy = of.userId;
    sayOf(message, tenant, ids, random);
    ids.push(message.id);
    return { id: message.id, envelope: toBinary(OperationSchema, message) };
  });
}

function readRecorded(): Uint8Array[] {
  const file = new URL(import.meta.resolve('@eventkit/proto/recorded/version-1.ndjson'));
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => Buffer.from((JSON.parse(line) as { readonly envelope: string }).envelope, 'base64'));
}

/** The same act, with things, places and events of this company. */
function sayOf(
  { intent }: Operation,
  tenant: UploadTenant,
  ids: readonly string[],
  random: RandomSource,
): void {
  const say = (asset: ScannedAsset | undefined) => {
    if (asset?.assetId === undefined) return;
    asset.assetId = random.pick<string>(tenant.assetIds);
    asset.code = asset.assetId;
    if (asset.observed === undefined) return;
    asset.observed.place = {
      $typeName: 'eventkit.v1.Place',
      place: { case: 'locationId', value: random.pick<string>(tenant.locationIds) },
    };
  };
  switch (intent.case) {
    case 'checkOut':
      say(intent.value.asset);
      intent.value.eventId = random.pick<string>(tenant.eventIds);
      return;
    case 'checkIn':
    case 'move':
      say(intent.value.asset);
      intent.value.locationId = random.pick<string>(tenant.locationIds);
      return;
    case 'pack':
    case 'unpack':
      for (const member of intent.value.members) say(member);
      intent.value.caseId = random.pick<string>(tenant.caseIds);
      if (intent.case === 'unpack' && intent.value.locationId !== undefined) {
        intent.value.locationId = random.pick<string>(tenant.locationIds);
      }
      if (intent.case === 'unpack' && intent.value.casePlace !== undefined) {
        intent.value.casePlace.place = { case: 'eventId', value: random.pick<string>(tenant.eventIds) };
      }
      return;
    case 'undo':
      intent.value.operationId = ids.at(-1) ?? intent.value.operationId;
      return;
    default:
      throw new Error(`a recorded operation of kind ${intent.case} has no way to be said of another company`);
  }
}
