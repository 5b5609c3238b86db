import type {
  AttachmentKind as DomainAttachmentKind,
  AttachmentMediaType as DomainAttachmentMediaType,
} from '@eventkit/shared/attachments/attachment.ts';
import type { AssetStatus as DomainAssetStatus } from '@eventkit/shared/ledger/asset-state.ts';
import type {
  Disposition as DomainDisposition,
  InspectionOutcome as DomainOutcome,
} from '@eventkit/shared/operations/operation.ts';
import type {
  CountMethod as DomainCountMethod,
  ReviewDecision as DomainReviewDecision,
} from '@eventkit/shared/stocktake/stocktake-intents.ts';
import type { LeftBehind as DomainLeftBehind } from '@eventkit/shared/transport/truck-pack.ts';
import {
  AssetStatus,
  AttachmentKind,
  AttachmentMediaType,
  CountMethod,
  Disposition,
  InspectionOutcome,
  LeftBehind_Why,
  ReviewDecision,
} from '#gen/eventkit/v1/operation_pb.ts';

export const assetStatusNumbers = {
  in_service: AssetStatus.IN_SERVICE,
  quarantined: AssetStatus.QUARANTINED,
  lost: AssetStatus.LOST,
  retired: AssetStatus.RETIRED,
  in_repair: AssetStatus.IN_REPAIR,
} as const satisfies Record<DomainAssetStatus, AssetStatus>;

export const dispositionNumbers = {
  ok: Disposition.OK,
  damaged: Disposition.DAMAGED,
  lost: Disposition.LOST,
  consumed: Disposition.CONSUMED,
} as const satisfies Record<DomainDisposition, Disposition>;

export const attachmentKindNumbers = {
  photo: AttachmentKind.PHOTO,
  signature: AttachmentKind.SIGNATURE,
} as const satisfies Record<DomainAttachmentKind, AttachmentKind>;

export const attachmentMediaTypeNumbers = {
  'image/jpeg': AttachmentMediaType.JPEG,
  'image/png': AttachmentMediaType.PNG,
} as const satisfies Record<DomainAttachmentMediaType, AttachmentMediaType>;

export const outcomeNumbers = {
  passed: InspectionOutcome.PASSED,
  failed: InspectionOutcome.FAILED,
} as const satisfies Record<DomainOutcome, InspectionOutcome>;

export const leftBehindNumbers = {
  follows: LeftBehind_Why.FOLLOWS,
  not_needed: LeftBehind_Why.NOT_NEEDED,
} as const satisfies Record<DomainLeftBehind['why'], LeftBehind_Why>;
export const countMethodNumbers = {
  scan: CountMethod.SCAN,
  tick: CountMethod.TICK,
} as const satisfies Record<DomainCountMethod, CountMethod>;

export const reviewDecisionNumbers = {
  accept: ReviewDecision.ACCEPT,
  leave: ReviewDecision.LEAVE,
} as const satisfies Record<DomainReviewDecision, ReviewDecision>;

/** The word for a number on the wire; undefined for a number that this version does not know. */
export function wordOf<Word extends string>(
  numbersByWord: Readonly<Record<Word, number>>,
  number: number,
): Word | undefined {
  return (Object.keys(numbersByWord) as Word[]).find((word) => numbersByWord[word] === number);
}
