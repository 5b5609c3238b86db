import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { createValidator } from '@bufbuild/protovalidate';
import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import type { Operation } from '@eventkit/shared/operations/operation.ts';
import { type Operation as OperationMessage, OperationSchema } from '#gen/eventkit/v1/operation_pb.ts';
import { messageToOperation } from './message-to-operation.ts';
import { operationToMessage } from './operation-to-message.ts';
import { upConvert } from './up-convert.ts';

/** Bytes that mean nothing to this version; `problem` is for the people who look at what was kept. */
export type Unreadable = { readonly kind: 'unreadable'; readonly problem: string };

// Pure, so that a client, which only encodes, does not carry the validator.
const validator = /*@__PURE__*/ createValidator({ failFast: true });

/** What the wire takes of one operation (`PushedOperation`); nothing larger may be recorded, as it would never be sent. */
export const LARGEST_ENVELOPE_BYTES = 1_048_576;

/** An operation as an `eventkit.v1.Operation`, as it is kept in the outbox and sent. */
export function encodeOperation(operation: Operation): Uint8Array {
  return toBinary(OperationSchema, operationToMessage(operation));
}

/**
 * The operation that these bytes hold, or why they cannot be read: damaged, against a rule of the wire, or of a
 * newer kind or version. Never throws for any bytes.
 */
export function decodeOperation(bytes: Uint8Array): Result<Operation, Unreadable> {
  const parsed = parse(bytes);
  if (!parsed.ok) return parsed;
  const message = upConvert(parsed.value);
  if (!message.ok) return unreadable(message.error);
  const validation = validator.validate(OperationSchema, message.value);
  if (validation.kind === 'invalid') return unreadable(validation.error.message);
  if (validation.kind === 'error') throw validation.error;
  const operation = messageToOperation(message.value);
  const nulText = textsOf(operation.intent).find((text) => text.includes('\0'));
  // PostgreSQL cannot store NUL in text.
  return nulText === undefined ? ok(operation) : unreadable('a text contains the character NUL');
}

function parse(bytes: Uint8Array): Result<OperationMessage, Unreadable> {
  try {
    return ok(fromBinary(OperationSchema, bytes));
  } catch (error) {
    return unreadable(error instanceof Error ? error.message : String(error));
  }
}

/** Every text within a value, however deep. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

function unreadable(problem: string): Result<never, Unreadable> {
  return err({ kind: 'unreadable', problem });
}
