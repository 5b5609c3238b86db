import type { AssetId, StocktakeId, StorageLocationId } from '@eventkit/shared/kernel/ids.ts';
import { ok, type Result } from '@eventkit/shared/kernel/result.ts';
import type { Place, PlaceKind } from '@eventkit/shared/ledger/asset-state.ts';
import { judgeSeen, type SeenOutcome } from '@eventkit/shared/stocktake/judge-seen.ts';
import type { Platform } from '#platform/platform.ts';
import { describePlace } from '#platform/scanner/describe-places.ts';
import {
  type FoundAsset,
  placeOf,
  type ReplicaReader,
  scannedByInput,
} from '#platform/scanner/find-asset.ts';
import { findScanned, type NotACode, SHOWN_LENGTH } from '#platform/scanner/find-scanned.ts';
import type { ScanFailure, ScanInput, ScanReport } from '#platform/scanner/scan-report.ts';
import type { ScanOutcome } from '#ui/scan-outcome.ts';

/** Where somebody counts. */
export type CountPlace = { readonly id: StorageLocationId; readonly code: string; readonly name: string };

/** What the words of a count need. */
export type CountDetail =
  | {
      readonly kind: 'seen';
      readonly assetId: AssetId | null;
      readonly outcome: SeenOutcome;
      readonly at: string;
      /** Where the books have it; null where they lead nowhere. */
      readonly books: string | null;
    }
  | { readonly kind: 'already'; readonly at: string }
  | { readonly kind: 'no_place' }
  | NotACode;

export type CountAnswer =
  | { readonly kind: 'report'; readonly report: ScanReport<CountDetail> }
  /** The label of a place: what comes next is counted there. */
  | { readonly kind: 'place'; readonly place: CountPlace };

type Capabilities = {
  readonly replica: ReplicaReader;
  readonly recordOperation: Platform['recordOperation'];
};

/** One code in a stocktake: looked up, judged by the books of now, recorded whatever it is. */
export async function countThing(
  { replica, recordOperation }: Capabilities,
  { stocktakeId, place }: { readonly stocktakeId: StocktakeId; readonly place: CountPlace | null },
  input: ScanInput,
): Promise<Result<CountAnswer, ScanFailure>> {
  const scanned = await findScanned(replica, input);
  if (!scanned.ok) return ok(report('unknown', scanned.error.shown, null, scanned.error));
  const { code, found } = scanned.value;
  if (found.kind === 'location') return ok({ kind: 'place', place: found.location });
  const asset = found.kind === 'asset' ? found.asset : null;
  const shown = asset?.code ?? code.slice(0, SHOWN_LENGTH);
  const title = asset?.productName ?? null;
  if (place === null) return ok(report('unknown', shown, title, { kind: 'no_place' }));
  const here: Place = { kind: 'location', id: place.id };
  if (asset !== null && (await wasSeenHere(replica, stocktakeId, asset.id, here))) {
    return ok(report('already', shown, title, { kind: 'already', at: place.code }));
  }
  const outcome = judgeSeen(here, asset && expectedOf(asset), asset && (await homeOf(replica, asset.id)));
  const books = asset === null ? null : nameOf(await describePlace(replica, asset));
  const recorded = await recordOperation({
    kind: 'count_asset',
    stocktakeId,
    asset: scannedByInput(input, code, asset),
    place: here,
    method: input.assetId === null ? 'scan' : 'tick',
  });
  if (!recorded.ok) return recorded;
  const detail: CountDetail = { kind: 'seen', assetId: asset?.id ?? null, outcome, at: place.code, books };
  return ok(report(lampOf(outcome), shown, title, detail, recorded.value.operation.id));
}

function expectedOf({ at, state }: FoundAsset) {
  return { place: at.place, status: state.status };
}

/** Which of the five lamps of every scanning screen shows it. */
function lampOf(outcome: SeenOutcome): ScanOutcome {
  if (outcome === 'found_here') return 'ok';
  return outcome === 'unknown_code' ? 'unknown' : 'wrong_event';
}

async function homeOf(replica: ReplicaReader, id: AssetId): Promise<Place | null> {
  const row = await replica.getOptional<{ kind: PlaceKind; id: string }>(HOME_OF_ASSET, [id]);
  return row && placeOf(row.kind, row.id);
}

async function wasSeenHere(
  replica: ReplicaReader,
  stocktakeId: StocktakeId,
  assetId: AssetId,
  here: Place,
): Promise<boolean> {
  const seen = await replica.getOptional<{ seen_id: string | null }>(SEEN_BEFORE, [
    `${stocktakeId}:asset:${assetId}`,
  ]);
  return seen?.seen_id === here.id;
}

function nameOf(place: Awaited<ReturnType<typeof describePlace>>): string | null {
  if (place.kind === 'nowhere') return null;
  const where = place.kind === 'event' ? place.name : place.code;
  return place.caseCode === null ? where : `${where} · ${place.caseCode}`;
}

function report(
  outcome: ScanOutcome,
  code: string,
  title: string | null,
  detail: CountDetail,
  operationId: ScanReport<CountDetail>['operationId'] = null,
): CountAnswer {
  return { kind: 'report', report: { outcome, code, title, detail, operationId, completesLine: false } };
}

export const HOME_OF_ASSET = 'SELECT baseline_kind AS kind, baseline_id AS id FROM assets WHERE id = ?';
export const SEEN_BEFORE = 'SELECT seen_id FROM count_lines_now WHERE id = ?';
