import type { AssetId, ProductId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { BlockedWhy } from '@eventkit/shared/scanning/scan-judgement.ts';
import type { SaidPlace } from '#platform/scanner/describe-places.ts';
import type { NotACode } from '#platform/scanner/find-scanned.ts';
import type { SaidPerson } from '#platform/scanner/read-person.ts';
import type { ScanReport } from '#platform/scanner/scan-report.ts';
import type { ToList } from './read-to-list.ts';

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
  | {
      readonly kind: 'wrong_event';
      readonly assetId: AssetId;
      readonly why: 'other_event' | 'not_on_list' | 'line_full';
      readonly tally: Tally | null;
      /** Where it was: the other event, or the place to put it back to. */
      readonly from: SaidPlace;
      /** What can be put on the list so that this is no surplus; absent where a person has to look at it. */
      readonly toList?: ToList;
      /** Set for a single thing that can go instead of another. */
      readonly productId?: ProductId;
    }
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
