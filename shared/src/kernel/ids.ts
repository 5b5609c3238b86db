import type { Brand } from './brand.ts';

export type TenantId = Brand<string, 'TenantId'>;
export type UserId = Brand<string, 'UserId'>;
export type DeviceId = Brand<string, 'DeviceId'>;
export type OperationId = Brand<string, 'OperationId'>;
/** The id of the operation that opened it. */
export type StocktakeId = Brand<string, 'StocktakeId'>;
export type ProductId = Brand<string, 'ProductId'>;
export type AssetId = Brand<string, 'AssetId'>;
export type LabelId = Brand<string, 'LabelId'>;
export type StorageLocationId = Brand<string, 'StorageLocationId'>;
export type VehicleId = Brand<string, 'VehicleId'>;
export type EventId = Brand<string, 'EventId'>;
export type PullListId = Brand<string, 'PullListId'>;
export type AttachmentId = Brand<string, 'AttachmentId'>;
export type PullListLineId = Brand<string, 'PullListLineId'>;

/** `<operation id>:<position of the asset in the intent>`: the same on every device and on the server. */
export type MovementId = Brand<string, 'MovementId'>;

/** Named by what caused it, so that it is the same wherever the fold runs. */
export type ConflictId = Brand<string, 'ConflictId'>;

/** Makes UUIDv7 text; comes in as a capability so that tests and simulations can seed it. */
export type NewId = () => string;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True for lower-case canonical UUID text of any version. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/**
 * UUIDv7 (RFC 9562, 5.7) of a Unix time in milliseconds and ten random bytes.
 * Ids made later sort later, so fresh rows land at the end of every index.
 */
export function uuidV7(unixMs: number, random: Uint8Array): string {
  const time = unixMs.toString(16).padStart(12, '0').slice(-12);
  const tail = Array.from(random.subarray(0, 10), (byte) => byte.toString(16).padStart(2, '0'));
  tail[0] = (0x70 | ((random[0] ?? 0) & 0x0f)).toString(16);
  tail[2] = (0x80 | ((random[2] ?? 0) & 0x3f)).toString(16);
  const hex = time + tail.join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
