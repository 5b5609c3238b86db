import { fromBinary } from '@bufbuild/protobuf';
import { OperationSchema } from '@eventkit/proto/gen/eventkit/v1/operation_pb.ts';
import { isUuid } from '@eventkit/shared/kernel/ids.ts';
import { type Instant, instantOfMicros } from '@eventkit/shared/kernel/instant.ts';

/** What the bytes of an operation say of who did what when, even where they cannot be taken; null where they do not. */
export type Told = {
  /** The name of the intent on the wire, e.g. check_out. */
  readonly kind: string | null;
  readonly recordedAt: Instant | null;
  readonly recordedBy: string | null;
  readonly sequence: number;
};

const NOTHING: Told = { kind: null, recordedAt: null, recordedBy: null, sequence: 0 };

/** Never throws for any bytes. */
export function readTold(envelope: Uint8Array): Told {
  try {
    const { intent, recordedAtMicros, recordedBy, sequence } = fromBinary(OperationSchema, envelope);
    const person = recordedBy.toLowerCase();
    return {
      kind: intent.case === undefined ? null : snakeCase(intent.case),
      recordedAt: recordedAtMicros <= 0n ? null : instantOfMicros(recordedAtMicros),
      recordedBy: isUuid(person) ? person : null,
      sequence: Number.isSafeInteger(Number(sequence)) ? Number(sequence) : 0,
    };
  } catch {
    // Damaged: the bytes tell nothing.
    return NOTHING;
  }
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
