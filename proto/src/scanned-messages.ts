import type { MessageInitShape } from '@bufbuild/protobuf';
import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import type { AssetStatus } from '@eventkit/shared/ledger/asset-state.ts';
import type { Observed, ScannedAsset } from '@eventkit/shared/operations/operation.ts';
import type {
  Observed as ObservedMessage,
  ScannedAsset as ScannedAssetMessage,
  ScannedAssetSchema,
} from '#gen/eventkit/v1/operation_pb.ts';
import { assetStatusNumbers, wordOf } from './operation-enums.ts';
import { missing, placeInit, placeOf, uuid } from './place-messages.ts';

/** What a checked message says was scanned. */
export function scannedOf(scanned: ScannedAssetMessage | undefined): ScannedAsset {
  if (scanned === undefined) return missing('asset');
  return {
    code: scanned.code,
    assetId: scanned.assetId === undefined ? null : uuid<AssetId>(scanned.assetId),
    observed: scanned.observed === undefined ? null : observedOf(scanned.observed),
    ...(scanned.byHand && { isByHand: true as const }),
  };
}

/** What a checked message says a device believed. */
export function observedOf({ place, status }: ObservedMessage): Observed {
  return { place: placeOf(place), status: wordOf(assetStatusNumbers, status) ?? missing('status') };
}

/** The wire form of a scanned thing. */
export function scannedInit(scanned: ScannedAsset): MessageInitShape<typeof ScannedAssetSchema> {
  return {
    code: scanned.code,
    ...(scanned.assetId !== null && { assetId: scanned.assetId }),
    ...(scanned.observed !== null && { observed: observedInit(scanned.observed) }),
    ...(scanned.isByHand === true && { byHand: true }),
  };
}

/** The wire form of what a device believed. */
export function observedInit({ place, status }: Observed) {
  return { place: placeInit(place), status: assetStatusNumbers[status satisfies AssetStatus] };
}
