import type { AssetId, OperationId } from '@eventkit/shared/kernel/ids.ts';
import type { ScanOutcome } from '#ui/scan-outcome.ts';

/** A code as a reader delivered it, or an asset ticked by hand because its label cannot be read. */
export type ScanInput = {
  /** As delivered; for a tick the asset's own code. */
  readonly code: string;
  readonly assetId: AssetId | null;
  /** Set where `assetId` is known from a label that was read before, and nothing was pointed out by hand. */
  readonly isRead?: true;
  /** Characters that the reader sent; said only by readers that cut a code which can be no label. */
  readonly sentLength?: number;
};

/** What became of one scanned code. `Detail` is the feature's own, plain data, so that a log of it can be kept. */
export type ScanReport<Detail> = {
  readonly outcome: ScanOutcome;
  /** As it stands on the label; cut where it is longer than a label can be. */
  readonly code: string;
  /** The product or place behind the code; null where nothing is known. */
  readonly title: string | null;
  readonly detail: Detail;
  /** What was recorded; null where nothing was. */
  readonly operationId: OperationId | null;
  /** True where the pull list has just got the last unit of a line. */
  readonly completesLine: boolean;
};

/** Nothing was recorded, and the device is to blame: the code waits until the person tries again. */
export type ScanFailure = { readonly tag: 'storage_full' | 'storage_failed'; readonly problem: string };

/** A report with its place in the log of this session. */
export type LogEntry<Detail> = ScanReport<Detail> & {
  /** Counts from 1 within the session. */
  readonly number: number;
  /** Milliseconds since 1970 on the device's own clock: for showing only. */
  readonly atMs: number;
  readonly isUndone: boolean;
  /** A wrong, unknown or blocked thing that somebody has dealt with. */
  readonly isSettled: boolean;
  /** Pointed out on the screen, no label read. */
  readonly isByHand?: true;
  /** Set where this is no scan but what a person said about an earlier entry. */
  readonly answer?: ScanAnswer;
};

/** What a person said about an entry of the log, in plain data. */
export type ScanAnswer = {
  /** The entry that is settled by it. */
  readonly number: number;
  readonly said:
    | { readonly kind: 'labelled'; readonly label: string; readonly opensConflict: boolean }
    | { readonly kind: 'listed' }
    | { readonly kind: 'instead'; readonly of: string };
};

/** What was recorded as an answer, and what the plate shows of it. */
export type RecordedAnswer = Pick<ScanReport<unknown>, 'code' | 'title' | 'completesLine'> & {
  readonly operationId: OperationId;
  readonly said: ScanAnswer['said'];
};

/** True for a thing that was pointed out on the screen. */
export function isByHand({ assetId, isRead }: ScanInput): boolean {
  return assetId !== null && isRead !== true;
}

/** Something more is said of the thing of an entry: read or pointed out as it was then. */
export function sameThingAgain(entry: LogEntry<unknown>, assetId: AssetId): ScanInput {
  return { code: entry.code, assetId, ...(entry.isByHand === true ? {} : { isRead: true }) };
}
