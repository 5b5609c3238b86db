import type { AssetId, EventId, ProductId, StorageLocationId, UserId } from '@eventkit/shared/kernel/ids.ts';
import type { Asset } from '@eventkit/shared/ledger/asset.ts';
import { stateAt } from '@eventkit/shared/ledger/asset-track.ts';
import type { CheckOut, ScannedAsset } from '@eventkit/shared/operations/operation.ts';
import { rowOfAsset } from '@eventkit/shared/schema/ledger-rows.ts';
import { idOf } from './test-ids.ts';

export const shelf = idOf(1, 1) as StorageLocationId;
export const dock = idOf(1, 2) as StorageLocationId;
export const gala = idOf(2, 1) as EventId;
export const fair = idOf(2, 2) as EventId;
export const anna = idOf(3, 1) as UserId;
export const ben = idOf(3, 2) as UserId;

export function assetIdOf(number: number): AssetId {
  return idOf(4, number) as AssetId;
}

export function caseIdOf(number: number): AssetId {
  return idOf(5, number) as AssetId;
}

/** An asset that never moved and lies on the shelf. */
export function newAsset(id: AssetId, code: string, isCase = false): Asset {
  const baseline = { kind: 'location', id: shelf } as const;
  return {
    id,
    productId: idOf(6, 1) as ProductId,
    code,
    serial: null,
    isCase,
    baseline,
    state: stateAt(baseline),
  };
}

/** Columns that are left out are null. */
export type TableRow = { readonly id: string } & Readonly<Record<string, unknown>>;

export type TableRows = {
  readonly table: string;
  readonly rows: readonly TableRow[];
};

/** Two places, two events, so many assets A-0001 … and cases C-0001 …. */
export function newStock({
  assetCount,
  caseCount = 0,
}: {
  assetCount: number;
  caseCount?: number;
}): TableRows[] {
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
  const assets = [
    ...numbers(assetCount).map((number) => newAsset(assetIdOf(number), codeOf('A', number))),
    ...numbers(caseCount).map((number) => newAsset(caseIdOf(number), codeOf('C', number), true)),
  ];
  return [
    {
      table: 'storage_locations',
      rows: [
        { id: shelf, parent_id: null, kind: 'shelf', code: 'S-1', name: 'Shelf 1' },
        { id: dock, parent_id: null, kind: 'dock', code: 'D-1', name: 'Dock 1' },
      ],
    },
    { table: 'events', rows: [gala, fair].map((id) => ({ id, name: id === gala ? 'Gala' : 'Fair' })) },
    { table: 'assets', rows: assets.map(rowOfAsset) },
  ];
}

export function codeOf(letter: string, number: number): string {
  return `${letter}-${String(number).padStart(4, '0')}`;
}

/** The scan of an asset that the device believes on the shelf. */
export function scanOf(number: number): ScannedAsset {
  return {
    code: codeOf('A', number),
    assetId: assetIdOf(number),
    observed: { place: { kind: 'location', id: shelf }, status: 'in_service' },
  };
}

export function checkOut(number: number, eventId: EventId): CheckOut {
  return { kind: 'check_out', asset: scanOf(number), eventId, overrideReason: null };
}
