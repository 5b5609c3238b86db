import { createPublicKey, verify } from 'node:crypto';
import { type ProvenBytes, readPersonProof } from '@eventkit/proto/person-proof.ts';
import type { Operation } from '@eventkit/shared/operations/operation.ts';
import type { FreshOperation } from './decided-operation.ts';
import type { Enrolment, Sharing } from './enrolments-store.ts';

/**
 * [UP23] Whether it is certain who recorded an operation: the sender, on their own device and in their own name; on a
 * shared one, whoever signed it by an enrolment that was in force as it was recorded.
 */
export function isPersonProven(
  { operation, envelope }: FreshOperation,
  { senderId, sharing }: { readonly senderId: string; readonly sharing: Sharing },
): boolean {
  const proof = readPersonProof(envelope);
  if (proof !== null) {
    const enrolment = sharing.enrolmentsById.get(proof.enrolmentId);
    return enrolment !== undefined && isProvenBy(proof, enrolment, operation);
  }
  const isOwnDevice = sharing.sharedSince === null || operation.recordedAt < sharing.sharedSince;
  return isOwnDevice && operation.recordedBy === senderId;
}

function isProvenBy(
  { content, signature }: ProvenBytes,
  { userId, publicKey, endedAt }: Enrolment,
  { recordedBy, recordedAt }: Operation,
): boolean {
  if (userId !== recordedBy) return false;
  if (endedAt !== null && recordedAt >= endedAt) return false;
  return verify('sha256', content, { key: keyOf(publicKey), dsaEncoding: 'ieee-p1363' }, signature);
}

/** The point as the wire has it: a byte that says it is uncompressed, then x and y. */
function keyOf(point: Uint8Array) {
  const part = (from: number) => Buffer.from(point.subarray(from, from + 32)).toString('base64url');
  return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: part(1), y: part(33) }, format: 'jwk' });
}
