import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { isUuid } from '@eventkit/shared/kernel/ids.ts';
import { OperationSchema, PersonProofSchema } from '#gen/eventkit/v1/operation_pb.ts';

/** Who did it on a shared device. */
export type PersonProof = {
  /** UUID. */
  readonly enrolmentId: string;
  /** ECDSA on P-256 with SHA-256: r and s, 64 bytes. */
  readonly signature: Uint8Array;
};

/** A proof, and the bytes of the operation that it was given for. */
export type ProvenBytes = PersonProof & { readonly content: Uint8Array };

/** Every proof takes as many bytes at the end of an operation. */
const PROOF_BYTES = 107;
/** Field 90 with a length of its own, which is that of what follows. */
const PROOF_HEAD = [0xd2, 0x05, PROOF_BYTES - 3];

/** The encoded operation with its proof behind it; what was signed stays as it was, byte by byte. */
export function withPersonProof(content: Uint8Array, { enrolmentId, signature }: PersonProof): Uint8Array {
  const personProof = create(PersonProofSchema, { enrolmentId, signature });
  const tail = toBinary(OperationSchema, create(OperationSchema, { personProof }));
  const whole = new Uint8Array(content.length + tail.length);
  whole.set(content);
  whole.set(tail, content.length);
  return whole;
}

/** The proof at the end of an encoded operation; null where it ends without one. Never throws for any bytes. */
export function readPersonProof(envelope: Uint8Array): ProvenBytes | null {
  const contentLength = envelope.length - PROOF_BYTES;
  // Before anything is decoded: nearly all operations have none.
  if (!PROOF_HEAD.every((byte, index) => envelope[contentLength + index] === byte)) return null;
  try {
    const { personProof } = fromBinary(OperationSchema, envelope.subarray(contentLength));
    if (personProof === undefined || !isUuid(personProof.enrolmentId)) return null;
    const { enrolmentId, signature } = personProof;
    return {
      enrolmentId: enrolmentId.toLowerCase(),
      signature,
      content: envelope.subarray(0, contentLength),
    };
  } catch {
    // What only looks like a proof is none; the operation itself is read elsewhere.
    return null;
  }
}
