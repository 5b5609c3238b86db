import type { ReplicaReader } from '#platform/scanner/find-asset.ts';
import type { CheckInPlace } from './check-in-detail.ts';

export const PLACES_TO_PUT_DOWN = `SELECT id, code, name, kind FROM storage_locations ORDER BY code`;

/** Places in walking order, docks first: what comes back comes over the dock. */
export async function readCheckInPlaces(replica: ReplicaReader): Promise<CheckInPlace[]> {
  const rows = await replica.getAll<CheckInPlace & { readonly kind: string }>(PLACES_TO_PUT_DOWN);
  return rows
    .sort((a, b) => rank(a.kind) - rank(b.kind) || a.code.localeCompare(b.code, 'en', { numeric: true }))
    .map(({ id, code, name }) => ({ id, code, name }));
}

function rank(kind: string): number {
  return kind === 'dock' ? 0 : 1;
}
