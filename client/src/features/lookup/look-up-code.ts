import type { AssetId, StorageLocationId } from '@eventkit/shared/kernel/ids.ts';
import type { ReplicaReader } from '#platform/scanner/find-asset.ts';
import { findScanned } from '#platform/scanner/find-scanned.ts';
import type { WedgeCode } from '#platform/scanner/wedge-reader.ts';

/** What a code that was scanned where nothing scans leads to on this device. */
export type LookedUp =
  | { readonly kind: 'asset'; readonly id: AssetId }
  | { readonly kind: 'location'; readonly id: StorageLocationId }
  /** `code` as much of it as can be shown. */
  | { readonly kind: 'unknown' | 'empty' | 'too_long'; readonly code: string };

/** Looks a code up and records nothing. */
export async function lookUpCode(replica: ReplicaReader, { text, length }: WedgeCode): Promise<LookedUp> {
  const scanned = await findScanned(replica, { code: text, assetId: null, sentLength: length });
  if (!scanned.ok) return { kind: scanned.error.why, code: scanned.error.shown };
  const { code, found } = scanned.value;
  switch (found.kind) {
    case 'asset':
      return { kind: 'asset', id: found.asset.id };
    case 'location':
      return { kind: 'location', id: found.location.id };
    case 'nothing':
      return { kind: 'unknown', code };
  }
}
