import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { BlockedWhy } from '@eventkit/shared/scanning/scan-judgement.ts';
import type { SaidPlace } from '#platform/scanner/describe-places.ts';
import type { NotACode } from '#platform/scanner/find-scanned.ts';
import type { SaidPerson } from '#platform/scanner/read-person.ts';
import type { ScanReport } from '#platform/scanner/scan-report.ts';
import type { SurplusDetail } from '#platform/surplus/surplus-detail.ts';

/** What the words of a scan onto or off a vehicle need. */
export type TruckDetail =
  | {
      readonly kind: 'moved';
      readonly assetId: AssetId;
      readonly from: SaidPlace;
      /** For a case: how many things went with it. */
      readonly contentCount: number;
      readonly isFound: boolean;
      readonly overrideReason: string | null;
    }
  | {
      readonly kind: 'already';
      readonly assetId: AssetId;
      readonly by: SaidPerson | null;
      readonly at: Instant | null;
    }
  | SurplusDetail
  | { readonly kind: 'blocked'; readonly assetId: AssetId; readonly why: BlockedWhy }
  | { readonly kind: 'no_label' }
  | { readonly kind: 'place_label'; readonly name: string }
  | NotACode;

export type TruckReport = ScanReport<TruckDetail>;
