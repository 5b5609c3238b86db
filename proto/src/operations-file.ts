import { create, fromJsonString, toJsonString } from '@bufbuild/protobuf';
import { isUuid } from '@eventkit/shared/kernel/ids.ts';
import { type Instant, instantOfMicros, microsOf } from '@eventkit/shared/kernel/instant.ts';
import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import {
  type FiledOperation as FiledMessage,
  type OperationsFile as FileMessage,
  OperationsFileSchema,
} from '#gen/eventkit/v1/operations_file_pb.ts';

/** Operations of one device, on their way as a file. Ids are canonical UUID text. */
export type OperationsFile = {
  readonly tenantId: string;
  readonly deviceId: string;
  readonly deviceName: string;
  /** The local storage that wrote it; empty where the server did. */
  readonly epoch: string;
  readonly madeAt: Instant;
  readonly appVersion: string;
  readonly operations: readonly FiledOperation[];
};

/** `sequence` is 0 where it could not be read. */
export type FiledOperation = {
  readonly id: string;
  readonly sequence: number;
  readonly envelope: Uint8Array;
};

/** A file as it was read. What was changed after it was made is told apart from what was not. */
export type ReadOperationsFile = Omit<OperationsFile, 'operations'> & {
  /** False where anything was changed, added or left out. */
  readonly isWhole: boolean;
  readonly operations: readonly (FiledOperation & { readonly isWhole: boolean })[];
};

/** no_such_file: nothing that was written by `writeOperationsFile`. newer_version: by a later version than this one. */
export type FileProblem = { readonly kind: 'no_such_file' | 'newer_version' };

/** SHA-256 of some bytes, by whatever the platform has. */
export type Sha256 = (bytes: Uint8Array) => Promise<Uint8Array>;

const FORMAT = 'eventkit-operations';
const VERSION = 1;

/** The file, as UTF-8 text of `eventkit.v1.OperationsFile` in JSON. */
export async function writeOperationsFile(file: OperationsFile, sha256: Sha256): Promise<string> {
  const operations = await Promise.all(
    file.operations.map(async (operation) => ({
      id: operation.id,
      sequence: BigInt(operation.sequence),
      envelope: new Uint8Array(operation.envelope),
      checksum: await checksumOfOperation(file, operation, sha256),
    })),
  );
  const { tenantId, deviceId, deviceName, epoch, appVersion } = file;
  const message = create(OperationsFileSchema, {
    format: FORMAT,
    version: VERSION,
    tenantId,
    deviceId,
    deviceName,
    epoch,
    appVersion,
    madeAtMicros: microsOf(file.madeAt),
    operations,
  });
  message.checksum = await checksumOfFile(message, sha256);
  return toJsonString(OperationsFileSchema, message);
}

/** Reads such a file. Never throws for any bytes. */
export async function readOperationsFile(
  bytes: Uint8Array,
  sha256: Sha256,
): Promise<Result<ReadOperationsFile, FileProblem>> {
  const message = parse(bytes);
  if (message === null || message.format !== FORMAT) return err({ kind: 'no_such_file' });
  if (message.version > VERSION) return err({ kind: 'newer_version' });
  const madeAt = instantOf(message.madeAtMicros);
  if (!isUuid(message.tenantId) || !isUuid(message.deviceId) || madeAt === null) {
    return err({ kind: 'no_such_file' });
  }
  const { tenantId, deviceId, deviceName, epoch, appVersion } = message;
  const operations = await Promise.all(
    message.operations.map(async ({ id, sequence, envelope, checksum }) => {
      const operation = { id, sequence: Number(sequence), envelope };
      const expected = await checksumOfOperation(message, operation, sha256);
      return { ...operation, isWhole: isUuid(id) && isSame(checksum, expected) };
    }),
  );
  const isWhole =
    operations.every((operation) => operation.isWhole) &&
    isSame(message.checksum, await checksumOfFile(message, sha256));
  return ok({ tenantId, deviceId, deviceName, epoch, appVersion, madeAt, isWhole, operations });
}

function parse(bytes: Uint8Array): FileMessage | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return fromJsonString(OperationsFileSchema, text, { ignoreUnknownFields: true });
  } catch {
    // Cut off, or something else altogether: the caller says so.
    return null;
  }
}

function instantOf(micros: bigint): Instant | null {
  try {
    return instantOfMicros(micros);
  } catch {
    // Beyond the years that there are: no device wrote this.
    return null;
  }
}

/** Tied to company and device, so that an operation cannot be moved from one file into another. */
function checksumOfOperation(
  { tenantId, deviceId }: Pick<OperationsFile, 'tenantId' | 'deviceId'>,
  { id, sequence, envelope }: FiledOperation,
  sha256: Sha256,
): Promise<Uint8Array> {
  const head = new TextEncoder().encode(`${tenantId} ${deviceId} ${id} ${sequence}\n`);
  const bytes = new Uint8Array(head.length + envelope.length);
  bytes.set(head);
  bytes.set(envelope, head.length);
  return sha256(bytes);
}

function checksumOfFile(message: FileMessage, sha256: Sha256): Promise<Uint8Array> {
  const { format, version, tenantId, deviceId, epoch, madeAtMicros, operations } = message;
  const lines = [format, version, tenantId, deviceId, epoch, madeAtMicros, ...operations.map(lineOf)];
  return sha256(new TextEncoder().encode(lines.map((line) => `${line}\n`).join('')));
}

function lineOf({ id, sequence, checksum }: FiledMessage): string {
  return `${id} ${sequence} ${hexOf(checksum)}`;
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
