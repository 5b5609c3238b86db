import type { AssetId, StorageLocationId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { Disposition } from '@eventkit/shared/operations/operation.ts';
import type { SaidPlace } from '#platform/scanner/describe-places.ts';
import type { NotACode } from '#platform/scanner/find-scanned.ts';
import type { SaidPerson } from '#platform/scanner/read-person.ts';
import type { ScanReport } from '#platform/scanner/scan-report.ts';

/** Where things are put down. */
export type CheckInPlace = { readonly id: StorageLocationId; readonly code: string; readonly name: string };

/** What the words of a check-in need. */
export type CheckInDetail =
  | {
      readonly kind: 'in';
      readonly assetId: AssetId;
      readonly disposition: Disposition;
      readonly note: string | null;
      readonly from: SaidPlace;
      readonly to: CheckInPlace;
      /** True where it counted as lost until now. */
      readonly isFound: boolean;
      /** Things inside it, which came back with it. */
      readonly contentCount: number;
    }
  | {
      readonly kind: 'already';
      readonly assetId: AssetId;
      readonly by: SaidPerson | null;
      readonly at: Instant | null;
    }
  | { readonly kind: 'no_label' }
  | NotACode;

export type CheckInReport = ScanReport<CheckInDetail>;
