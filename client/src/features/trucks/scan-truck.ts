import type { EventId, UserId, VehicleId } from '@eventkit/shared/kernel/ids.ts';
import { ok, type Result } from '@eventkit/shared/kernel/result.ts';
import type { Place } from '@eventkit/shared/ledger/asset-state.ts';
import type { Load, ScannedAsset, Unload } from '@eventkit/shared/operations/operation.ts';
import { judgeScan } from '@eventkit/shared/scanning/judge-scan.ts';
import type { ScanJudgement, ScanMode } from '@eventkit/shared/scanning/scan-judgement.ts';
import type { Platform } from '#platform/platform.ts';
import { describePlace } from '#platform/scanner/describe-places.ts';
import {
  type FoundAsset,
  type FoundLocation,
  type ReplicaReader,
  scannedByInput,
} from '#platform/scanner/find-asset.ts';
import { findScanned, SHOWN_LENGTH } from '#platform/scanner/find-scanned.ts';
import { readEventLoad } from '#platform/scanner/read-event-load.ts';
import { readPerson } from '#platform/scanner/read-person.ts';
import { type FoundSubject, readSubject, snapshotOf } from '#platform/scanner/read-subject.ts';
import type { ScanFailure, ScanInput } from '#platform/scanner/scan-report.ts';
import { describeSurplus } from '#platform/surplus/surplus-detail.ts';
import type { TruckDetail, TruckReport } from './truck-detail.ts';

export type TruckCapabilities = {
  readonly replica: ReplicaReader;
  readonly recordOperation: Platform['recordOperation'];
  /** Whose scans they are: "already, by you". */
  readonly userId: UserId;
};

export type TruckJob =
  | {
      readonly kind: 'load';
      readonly vehicleId: VehicleId;
      readonly eventId: EventId | null;
      /** Set when the person takes a blocked thing all the same. */
      readonly overrideReason: string | null;
    }
  | { readonly kind: 'unload'; readonly vehicleId: VehicleId; readonly place: Place };

export type TruckAnswer =
  | { readonly kind: 'report'; readonly report: TruckReport }
  /** The label of a place: what follows is put down there. Nothing is recorded. */
  | { readonly kind: 'place'; readonly place: FoundLocation };

/** One code on its way onto or off a vehicle: looked up, judged, recorded where the judge says so. */
export async function scanTruck(
  { replica, recordOperation, userId }: TruckCapabilities,
  job: TruckJob,
  input: ScanInput,
): Promise<Result<TruckAnswer, ScanFailure>> {
  const scanned = await findScanned(replica, input);
  if (!scanned.ok) return answer({ code: scanned.error.shown, detail: scanned.error });
  const { code, found } = scanned.value;
  if (found.kind === 'location') {
    if (job.kind === 'unload') return ok({ kind: 'place', place: found.location });
    return answer({ code, detail: { kind: 'place_label', name: found.location.name } });
  }
  const asset = found.kind === 'asset' ? found.asset : null;
  const subject = asset && (await readSubject(replica, asset));
  const judgement = judgeScan(await modeOf(replica, job), subject);
  const detail = await detailOf({ replica, userId, job, asset, subject }, judgement);
  const recorded = judgement.isRecorded
    ? await recordOperation(intentOf(job, scannedByInput(input, code, asset), subject))
    : null;
  if (recorded && !recorded.ok) return recorded;
  return answer({
    outcome: judgement.outcome,
    code: asset?.code ?? code.slice(0, SHOWN_LENGTH),
    title: asset?.productName ?? null,
    detail,
    operationId: recorded?.value.operation.id ?? null,
  });
}

async function modeOf(replica: ReplicaReader, job: TruckJob): Promise<ScanMode> {
  if (job.kind === 'unload') return { kind: 'unload', place: job.place };
  const lines = job.eventId === null ? [] : (await readEventLoad(replica, job.eventId)).lines;
  return { ...job, lines };
}

function intentOf(job: TruckJob, asset: ScannedAsset, subject: FoundSubject | null): Load | Unload {
  const { vehicleId } = job;
  if (job.kind === 'unload') {
    return { kind: 'unload', asset, vehicleId, eventId: subject?.at.eventId ?? null, place: job.place };
  }
  const overrideReason = subject === null ? null : job.overrideReason;
  return { kind: 'load', asset, vehicleId, eventId: job.eventId, overrideReason, ...snapshotOf(subject) };
}

type Facts = {
  readonly replica: ReplicaReader;
  readonly userId: UserId;
  readonly job: TruckJob;
  readonly asset: FoundAsset | null;
  readonly subject: FoundSubject | null;
};

async function detailOf(
  { replica, userId, job, asset, subject }: Facts,
  judgement: ScanJudgement,
): Promise<TruckDetail> {
  if (!asset || !subject) return { kind: 'no_label' };
  const assetId = asset.id;
  switch (judgement.outcome) {
    case 'ok':
      return {
        kind: 'moved',
        assetId,
        from: await describePlace(replica, asset),
        contentCount: subject.contentIds.length,
        isFound: judgement.isFound,
        overrideReason: job.kind === 'load' ? job.overrideReason : null,
      };
    case 'already': {
      const by = judgement.by && (await readPerson(replica, judgement.by, userId));
      return { kind: 'already', assetId, by, at: judgement.at };
    }
    case 'wrong_event':
      return describeSurplus(replica, job.kind === 'load' ? job.eventId : null, asset, judgement);
    case 'blocked':
      return { kind: 'blocked', assetId, why: judgement.why };
    case 'unknown':
      return { kind: 'no_label' };
  }
}

function answer(report: Partial<TruckReport> & Pick<TruckReport, 'code' | 'detail'>) {
  const full: TruckReport = {
    outcome: 'unknown',
    title: null,
    operationId: null,
    completesLine: false,
    ...report,
  };
  return ok({ kind: 'report', report: full } as const);
}
