import type { UserId } from '@eventkit/shared/kernel/ids.ts';
import { ok, type Result } from '@eventkit/shared/kernel/result.ts';
import type { CheckIn, Disposition } from '@eventkit/shared/operations/operation.ts';
import { judgeScan } from '@eventkit/shared/scanning/judge-scan.ts';
import type { ScanJudgement, ScanSubject } from '@eventkit/shared/scanning/scan-judgement.ts';
import type { TakenAttachment } from '#platform/attachments/taken-attachment.ts';
import type { Platform } from '#platform/platform.ts';
import { describePlace } from '#platform/scanner/describe-places.ts';
import { type FoundAsset, type ReplicaReader, scannedByInput } from '#platform/scanner/find-asset.ts';
import { findScanned, SHOWN_LENGTH } from '#platform/scanner/find-scanned.ts';
import { readPerson } from '#platform/scanner/read-person.ts';
import { readSubject } from '#platform/scanner/read-subject.ts';
import type { ScanFailure, ScanInput } from '#platform/scanner/scan-report.ts';
import type { CheckInDetail, CheckInPlace, CheckInReport } from './check-in-detail.ts';

export type CheckInCapabilities = {
  readonly replica: ReplicaReader;
  readonly recordOperation: Platform['recordOperation'];
  readonly userId: UserId;
};

export type CheckInJob = {
  readonly place: CheckInPlace;
  readonly disposition: Disposition;
  /** What is wrong with it, in the person's words. */
  readonly note: string | null;
  /** Of what is wrong with it. */
  readonly photos: readonly TakenAttachment[];
};

export type CheckInAnswer =
  | { readonly kind: 'report'; readonly report: CheckInReport }
  /** The label of a shelf: what follows is put down there. Nothing is recorded. */
  | { readonly kind: 'place'; readonly place: CheckInPlace };

/** One code on its way in; resolves after the commit. A case brings its contents with it. */
export async function checkIn(
  { replica, recordOperation, userId }: CheckInCapabilities,
  { place, disposition, note, photos }: CheckInJob,
  input: ScanInput,
): Promise<Result<CheckInAnswer, ScanFailure>> {
  const scanned = await findScanned(replica, input);
  if (!scanned.ok) {
    const { error: detail } = scanned;
    return ok({ kind: 'report', report: { ...unrecorded, outcome: 'unknown', code: detail.shown, detail } });
  }
  const { code, found } = scanned.value;
  if (found.kind === 'location') return ok({ kind: 'place', place: found.location });
  const asset = found.kind === 'asset' ? found.asset : null;
  const subject = asset && (await readSubject(replica, asset));
  const judgement = judgeScan({ kind: 'check_in', locationId: place.id, disposition }, subject);
  const detail = await detailOf({ replica, userId, place, disposition, note, asset, subject }, judgement);
  const intent: CheckIn = {
    kind: 'check_in',
    asset: scannedByInput(input, code, asset),
    locationId: place.id,
    disposition,
    note,
    ...(photos.length > 0 && { attachments: photos.map(({ file }) => file) }),
  };
  // Photos say something new even of a thing that lies here damaged already.
  const isRecorded = judgement.isRecorded || photos.length > 0;
  const recorded = isRecorded ? await recordOperation(intent, photos) : null;
  if (recorded && !recorded.ok) return recorded;
  const report: CheckInReport = {
    ...unrecorded,
    outcome: judgement.outcome,
    code: asset?.code ?? code.slice(0, SHOWN_LENGTH),
    title: asset?.productName ?? null,
    detail,
    operationId: recorded?.value.operation.id ?? null,
  };
  return ok({ kind: 'report', report });
}

const unrecorded = { title: null, operationId: null, completesLine: false } as const;

type Facts = Omit<CheckInJob, 'photos'> & {
  readonly replica: ReplicaReader;
  readonly userId: UserId;
  readonly asset: FoundAsset | null;
  readonly subject: ScanSubject | null;
};

async function detailOf(facts: Facts, judgement: ScanJudgement): Promise<CheckInDetail> {
  const { replica, asset, subject, userId } = facts;
  if (!asset || !subject) return { kind: 'no_label' };
  if (judgement.outcome === 'already') {
    const by = judgement.by && (await readPerson(replica, judgement.by, userId));
    return { kind: 'already', assetId: asset.id, by, at: judgement.at };
  }
  return {
    kind: 'in',
    assetId: asset.id,
    disposition: facts.disposition,
    note: facts.note,
    from: await describePlace(replica, asset),
    to: facts.place,
    isFound: judgement.outcome === 'ok' && judgement.isFound,
    contentCount: subject.contentProductIds.length,
  };
}
