import { clone } from '@bufbuild/protobuf';
import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import { OPERATION_SCHEMA_VERSION } from '@eventkit/shared/operations/operation.ts';
import { type Operation as OperationMessage, OperationSchema } from '#gen/eventkit/v1/operation_pb.ts';

/** Says in the next version's words what an operation of one version meant. Changes the copy it is given; pure else. */
export type UpConversion = (message: OperationMessage) => void;

/**
 * The conversion from each version that was released to the next one. A version ends where a field that stays comes to
 * mean something else; what is only added is no new version. Conversions are never changed: devices that were offline
 * for months hold what they start from. Version 1 is the first and present one.
 */
const upConversions: ReadonlyMap<number, UpConversion> = new Map();

/** The message in the words of the present version; the one that was given stays as it is. */
export function upConvert(
  message: OperationMessage,
  present: number = OPERATION_SCHEMA_VERSION,
  conversions: ReadonlyMap<number, UpConversion> = upConversions,
): Result<OperationMessage, string> {
  if (message.schemaVersion > present) {
    return err(`schema version ${message.schemaVersion} is newer than ${present}`);
  }
  if (message.schemaVersion === present) return ok(message);
  const converted = clone(OperationSchema, message);
  while (converted.schemaVersion < present) {
    const convert = conversions.get(converted.schemaVersion);
    if (convert === undefined) return err(`nothing is known of schema version ${converted.schemaVersion}`);
    convert(converted);
    converted.schemaVersion += 1;
  }
  return ok(converted);
}
