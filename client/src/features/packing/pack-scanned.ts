import { ok, type Result } from '@eventkit/shared/kernel/result.ts';
import { judgeScan } from '@eventkit/shared/scanning/judge-scan.ts';
import type { ScanJudgement } from '@eventkit/shared/scanning/scan-judgement.ts';
import type { Platform } from '#platform/platform.ts';
import { describePlace } from '#platform/scanner/describe-places.ts';
import {
  type FoundAsset,
  findAsset,
  type ReplicaReader,
  scannedByInput,
} from '#platform/scanner/find-asset.ts';
import { findScanned, SHOWN_LENGTH } from '#platform/scanner/find-scanned.ts';
import { readSubject } from '#platform/scanner/read-subject.ts';
import type { ScanFailure, ScanInput } from '#platform/scanner/scan-report.ts';
import type { OpenCase, PackingDetail, PackingReport } from './packing-detail.ts';
import { readPackedThings } from './read-packed-things.ts';

export type PackingCapabilities = {
  readonly replica: ReplicaReader;
  readonly recordOperation: Platform['recordOperation'];
};

export type PackingJob = {
  /** Null before the first case was scanned. */
  readonly openCase: OpenCase | null;
  /** True where a scanned case is to go into the open one instead of being packed next. */
  readonly nests: boolean;
};

export type PackingAnswer =
  | { readonly kind: 'report'; readonly report: PackingReport }
  /** The label of a case: what follows goes into it. Nothing is recorded. */
  | { readonly kind: 'case'; readonly openCase: OpenCase };

/**
 * One code at the packing table. Each thing is an operation of its own: it is safe when it beeps, the case of a phone
 * that dies holds what was scanned, Undo takes back one thing, and others see the case fill. Only what is ticked
 * together goes in together.
 */
export async function packScanned(
  { replica, recordOperation }: PackingCapabilities,
  { openCase, nests }: PackingJob,
  input: ScanInput,
): Promise<Result<PackingAnswer, ScanFailure>> {
  const scanned = await findScanned(replica, input);
  if (!scanned.ok) return answer({ code: scanned.error.shown, detail: scanned.error });
  const { code, found } = scanned.value;
  if (found.kind === 'location') {
    return answer({ code, detail: { kind: 'place_label', name: found.location.name } });
  }
  const asset = found.kind === 'asset' ? found.asset : null;
  if (asset?.isCase && !(nests && openCase && openCase.id !== asset.id)) {
    return ok({ kind: 'case', openCase: asset });
  }
  if (!openCase) {
    return answer({
      code: asset?.code ?? code,
      title: asset?.productName ?? null,
      detail: { kind: 'no_case' },
    });
  }
  return packAsset({ replica, recordOperation }, openCase, asset, { ...input, code });
}

async function packAsset(
  { replica, recordOperation }: PackingCapabilities,
  openCase: OpenCase,
  asset: FoundAsset | null,
  input: ScanInput,
): Promise<Result<PackingAnswer, ScanFailure>> {
  const { code } = input;
  const caseNow = await findAsset(replica, openCase.id);
  if (asset && caseNow && caseNow.state.sealedBy !== null) {
    return answer({
      outcome: 'blocked',
      code: asset.code,
      title: asset.productName,
      detail: { kind: 'blocked', assetId: asset.id, caseCode: openCase.code, why: 'sealed' },
    });
  }
  const caseAt = caseNow?.at ?? { place: null, eventId: null, caseIds: [] };
  const subject = asset && (await readSubject(replica, asset));
  const judgement = judgeScan({ kind: 'pack', caseId: openCase.id, caseAt }, subject);
  const detail = asset ? await detailOf(replica, openCase, asset, judgement) : noLabel;
  const recorded = judgement.isRecorded
    ? await recordOperation({
        kind: 'pack',
        caseId: openCase.id,
        members: [scannedByInput(input, code, asset)],
      })
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

const noLabel = { kind: 'no_label' } as const;

function answer(report: Partial<PackingReport> & Pick<PackingReport, 'code' | 'detail'>) {
  const full: PackingReport = {
    outcome: 'unknown',
    title: null,
    operationId: null,
    completesLine: false,
    ...report,
  };
  return ok({ kind: 'report', report: full } as const);
}

async function detailOf(
  replica: ReplicaReader,
  openCase: OpenCase,
  asset: FoundAsset,
  judgement: ScanJudgement,
): Promise<PackingDetail> {
  const { id: assetId } = asset;
  const caseCode = openCase.code;
  switch (judgement.outcome) {
    case 'ok': {
      const contentCount = (await readPackedThings(replica, openCase.id)).length + 1;
      return { kind: 'packed', assetId, caseCode, from: await describePlace(replica, asset), contentCount };
    }
    case 'already':
      return { kind: 'already', assetId, caseCode };
    case 'wrong_event':
      return { kind: 'on_event', assetId, caseCode, from: await describePlace(replica, asset) };
    case 'blocked':
      return { kind: 'blocked', assetId, caseCode, why: judgement.why };
    case 'unknown':
      return noLabel;
  }
}
