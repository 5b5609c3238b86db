import type { AssetStatus } from '@eventkit/shared/ledger/asset-state.ts';
import type { StatusKind } from '@eventkit/shared/ledger/movement.ts';
import type { Quarantine, Release, Retire } from '@eventkit/shared/operations/operation.ts';
import { type FoundAsset, scannedAssetOf } from '#platform/scanner/find-asset.ts';

/** What a person can say of how a thing is, from how it is now; the likeliest first. */
export function judgementsOf(status: AssetStatus): readonly StatusKind[] {
  switch (status) {
    case 'in_service':
      return ['quarantine', 'retire'];
    case 'quarantined':
      return ['release', 'retire'];
    // Where it is seen it is scanned, which finds it.
    case 'lost':
      return ['retire'];
    case 'retired':
      return [];
  }
}

/** `words`: why, or what was found; only a release may go without. */
export function judgementOf(
  kind: StatusKind,
  asset: FoundAsset,
  words: string,
): Quarantine | Release | Retire {
  const said = words.trim();
  const scanned = scannedAssetOf(asset.code, asset);
  return kind === 'release'
    ? { kind, asset: scanned, note: said === '' ? null : said }
    : { kind, asset: scanned, reason: said };
}
