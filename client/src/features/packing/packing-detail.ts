import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import type { BlockedWhy } from '@eventkit/shared/scanning/scan-judgement.ts';
import type { SaidPlace } from '#platform/scanner/describe-places.ts';
import type { FoundAsset } from '#platform/scanner/find-asset.ts';
import type { NotACode } from '#platform/scanner/find-scanned.ts';
import type { ScanReport } from '#platform/scanner/scan-report.ts';

/** The case that is being packed. */
export type OpenCase = Pick<FoundAsset, 'id' | 'code' | 'productName'>;

/** What the words of a packing need. */
export type PackingDetail =
  | {
      readonly kind: 'packed';
      readonly assetId: AssetId;
      readonly caseCode: string;
      readonly from: SaidPlace;
      /** How many things the case holds with this one, at its first level. */
      readonly contentCount: number;
    }
  | { readonly kind: 'already'; readonly assetId: AssetId; readonly caseCode: string }
  | {
      readonly kind: 'on_event';
      readonly assetId: AssetId;
      readonly caseCode: string;
      readonly from: SaidPlace;
    }
  | {
      readonly kind: 'blocked';
      readonly assetId: AssetId;
      readonly caseCode: string;
      readonly why: BlockedWhy | 'sealed';
    }
  | { readonly kind: 'no_label' }
  /** A thing was scanned before any case was. */
  | { readonly kind: 'no_case' }
  | { readonly kind: 'place_label'; readonly name: string }
  | NotACode;

export type PackingReport = ScanReport<PackingDetail>;
