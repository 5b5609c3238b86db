import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { BlockedWhy } from '@eventkit/shared/scanning/scan-judgement.ts';
import type { SaidPlace } from '#platform/scanner/describe-places.ts';
import type { NotACode } from '#platform/scanner/find-scanned.ts';
import type { SaidPerson } from '#platform/scanner/read-person.ts';
import type { ScanReport } from '#platform/scanner/scan-report.ts';
import type { SurplusDetail } from '#platform/surplus/surplus-detail.ts';

/** How many of a product are out and wanted; null where no line asks for it. */
export type Tally = { readonly outCount: number; readonly wantedCount: number };

export type ContentCount = { readonly productName: string; readonly count: number };

/** What the words of a check-out need, beside the outcome itself. */
export type CheckOutDetail =
  | {
      readonly kind: 'ok';
      readonly assetId: AssetId;
      readonly tally: Tally | null;
      readonly from: SaidPlace;
      /** For a case: what went with it. */
      readonly contents: readonly ContentCount[];
      readonly isFound: boolean;
      /** Why it went out although it was blocked; null in the usual case. */
      readonly overrideReason: string | null;
    }
  | {
      readonly kind: 'already';
      readonly assetId: AssetId;
      readonly by: SaidPerson | null;
      readonly at: Instant | null;
      /** Set where it is out because a case around it is. */
      readonly caseCode: string | null;
    }
  | (SurplusDetail & { readonly tally: Tally | null })
  | { readonly kind: 'no_label' }
  | NotACode
  | { readonly kind: 'place_label'; readonly name: string }
  | {
      readonly kind: 'blocked';
      readonly assetId: AssetId;
      readonly why: BlockedWhy;
      readonly canOverride: boolean;
      readonly from: SaidPlace;
      /** Another unit of the same product that is free, and where it lies. */
      readonly twin: { readonly code: string; readonly placeCode: string } | null;
    };

export type CheckOutReport = ScanReport<CheckOutDetail>;
