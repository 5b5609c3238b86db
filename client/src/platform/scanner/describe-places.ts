import type { EventId, StorageLocationId, VehicleId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { FoundAsset, ReplicaReader } from './find-asset.ts';

/** A place as it is said: by the code on its shelf, or the name of its event. Plain data, so that a log can keep it. */
export type SaidPlace =
  | {
      readonly kind: 'location';
      readonly id: StorageLocationId;
      readonly code: string;
      readonly name: string;
      readonly caseCode: string | null;
    }
  | {
      readonly kind: 'event';
      readonly id: EventId;
      readonly name: string;
      readonly backAt: Instant | null;
      readonly caseCode: string | null;
    }
  | {
      readonly kind: 'vehicle';
      readonly id: VehicleId;
      readonly code: string;
      readonly name: string;
      /** What it is on the way to, or back from; null where it rides along for none. */
      readonly eventName: string | null;
      readonly caseCode: string | null;
    }
  | { readonly kind: 'nowhere'; readonly caseCode: string | null };

/** Where an asset is, in words; the innermost case around it is named too. */
export async function describePlace(
  replica: ReplicaReader,
  { at, cases }: Pick<FoundAsset, 'at' | 'cases'>,
): Promise<SaidPlace> {
  const caseCode = cases[0]?.code ?? null;
  if (at.place?.kind === 'location') {
    const row = await replica.getOptional<{ code: string; name: string }>(
      'SELECT code, name FROM storage_locations WHERE id = ?',
      [at.place.id],
    );
    if (row) return { kind: 'location', id: at.place.id, code: row.code, name: row.name, caseCode };
  }
  if (at.place?.kind === 'event') {
    const row = await replica.getOptional<{ name: string; return_at: Instant | null }>(
      'SELECT name, return_at FROM events_now WHERE id = ?',
      [at.place.id],
    );
    if (row) return { kind: 'event', id: at.place.id, name: row.name, backAt: row.return_at, caseCode };
  }
  if (at.place?.kind === 'vehicle') {
    const row = await replica.getOptional<{ code: string; name: string; eventName: string | null }>(
      `SELECT code, name, (SELECT e.name FROM events_now e WHERE e.id = ?) AS eventName FROM vehicles WHERE id = ?`,
      [at.eventId, at.place.id],
    );
    if (row) return { kind: 'vehicle', id: at.place.id, ...row, caseCode };
  }
  return { kind: 'nowhere', caseCode };
}
