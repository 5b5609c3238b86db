import type { MessageInitShape } from '@bufbuild/protobuf';
import {
  type AssetSchema,
  type ProductSchema,
  Tracking,
} from '@eventkit/proto/gen/eventkit/v1/inventory_pb.ts';
import { assetStatusNumbers } from '@eventkit/proto/operation-enums.ts';
import { placeMessage } from '#wire/place-message.ts';
import type { AssetRow, ProductRow } from './inventory-tables.ts';

const trackingNumbers = {
  serialised: Tracking.SERIALISED,
  bulk: Tracking.BULK,
  consumable: Tracking.CONSUMABLE,
} as const satisfies Record<ProductRow['tracking'], Tracking>;

export function productMessage(row: ProductRow): MessageInitShape<typeof ProductSchema> {
  const { id, name, manufacturer, category, tracking } = row;
  return {
    id,
    name,
    manufacturer,
    category,
    tracking: trackingNumbers[tracking],
    ...present('weightGrams', row.weightGrams === null ? null : BigInt(row.weightGrams)),
    ...present('widthMillimetres', row.widthMillimetres),
    ...present('heightMillimetres', row.heightMillimetres),
    ...present('depthMillimetres', row.depthMillimetres),
    ...present('powerWatts', row.powerWatts),
  };
}

export function assetMessage(row: AssetRow): MessageInitShape<typeof AssetSchema> {
  const { id, productId, code, serial, isCase, placeKind, placeId, status } = row;
  return {
    id,
    productId,
    code,
    ...present('serial', serial),
    isCase,
    place: placeMessage(placeKind, placeId),
    status: assetStatusNumbers[status],
  };
}

/** A field that stays absent on the wire where the column is null. */
function present<Name extends string, T>(name: Name, value: T | null): { [Key in Name]?: T } {
  return value === null ? {} : ({ [name]: value } as { [Key in Name]: T });
}
