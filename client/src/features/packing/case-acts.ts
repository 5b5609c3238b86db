import type { AssetId, EventId } from '@eventkit/shared/kernel/ids.ts';
import { ok, type Result } from '@eventkit/shared/kernel/result.ts';
import type { Intent } from '@eventkit/shared/operations/operation.ts';
import type { RecordError, RecordedOperation } from '#platform/operations/recorded-operation.ts';
import { readCaseContents } from '#platform/scanner/case-contents.ts';
import { findAsset, pointedOut } from '#platform/scanner/find-asset.ts';
import type { PackingCapabilities } from './pack-scanned.ts';

type Recorded = Promise<Result<RecordedOperation | null, RecordError>>;

/** Closes a case with the list of what this device believes inside. Null where the case is not known here any more. */
export async function sealCase({ replica, recordOperation }: PackingCapabilities, caseId: AssetId): Recorded {
  const [asset, inside] = await Promise.all([
    findAsset(replica, caseId),
    readCaseContents(replica, [caseId]),
  ]);
  if (!asset) return ok(null);
  return recordOperation({
    kind: 'seal',
    asset: pointedOut(asset),
    contents: inside.map(({ id }) => id),
  });
}

/** Opens a sealed case. */
export async function openCase({ replica, recordOperation }: PackingCapabilities, caseId: AssetId): Recorded {
  const asset = await findAsset(replica, caseId);
  return asset ? recordOperation({ kind: 'open', asset: pointedOut(asset) }) : ok(null);
}

/** What is true of a thing that is on a case's list and not in it. */
export type WhereItIs =
  | { readonly kind: 'lost' }
  | { readonly kind: 'at_event'; readonly eventId: EventId }
  | { readonly kind: 'inside' };

/** Says where a thing of a case is. A lost one is lost where the case stands; nothing is recorded where that is unknown. */
export async function sayWhereItIs(
  { replica, recordOperation }: PackingCapabilities,
  caseId: AssetId,
  assetId: AssetId,
  where: WhereItIs,
): Recorded {
  const [around, asset] = await Promise.all([findAsset(replica, caseId), findAsset(replica, assetId)]);
  if (!around || !asset) return ok(null);
  const scanned = pointedOut(asset);
  const intent = intentOf();
  return intent === null ? ok(null) : recordOperation(intent);

  function intentOf(): Intent | null {
    switch (where.kind) {
      case 'inside':
        return { kind: 'pack', caseId, members: [scanned] };
      case 'at_event':
        return { kind: 'found', asset: scanned, place: { kind: 'event', id: where.eventId }, note: null };
      case 'lost': {
        const place = around?.at.place;
        if (place?.kind !== 'location') return null;
        return {
          kind: 'check_in',
          asset: scanned,
          locationId: place.id,
          disposition: 'lost',
          note: null,
        };
      }
    }
  }
}
