import { createPublicKey } from 'node:crypto';
import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import { type Instant, instantOfMs, msOf } from '@eventkit/shared/kernel/instant.ts';
import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import { leastPinDigits, waitAfterWrongPins } from '@eventkit/shared/permissions/pins.ts';
import { permissionsOf } from '@eventkit/shared/permissions/roles.ts';
import { hashOfSecret } from '#auth/hash-of-secret.ts';
import type { DomainError } from '#http/connect-error-of.ts';
import { type BadgePerson, forgetWrongPins, lockBadgePerson, noteWrongPin } from './badge-store.ts';
import { isPin } from './pin-hash.ts';
import { findSharing, insertEnrolment } from './shared-device-store.ts';

/** Somebody at a shared device, as they say. */
export type Enrolling = {
  readonly id: string;
  readonly deviceId: string;
  readonly badgeCode: string;
  readonly pin: string;
  readonly publicKey: Uint8Array;
};

/**
 * Enrols the person of a badge on a shared device, in place of an earlier enrolment there. A badge that nobody has and a
 * PIN that is not theirs are refused in the same words. What was guessed wrong counts whatever becomes of the answer: an
 * error is a value, and the transaction is to be committed with it.
 */
export async function enrolPerson(
  tx: TenantTransaction,
  { id, deviceId, badgeCode, pin, publicKey }: Enrolling,
  now: Instant,
): Promise<Result<{ readonly personId: string }, DomainError>> {
  const device = await findSharing(tx, deviceId);
  if (device === null) return err({ tag: 'not_found', what: 'device', field: 'device_id' });
  if (device.isRevoked) return err({ tag: 'device_revoked', field: 'device_id' });
  if (!device.isShared) return err({ tag: 'device_not_shared', field: 'device_id' });
  if (!isPointOnCurve(publicKey)) {
    const message = 'is no point on P-256';
    return err({ tag: 'invalid', violations: [{ field: 'public_key', rule: 'public_key.curve', message }] });
  }
  const person = await lockBadgePerson(tx, hashOfSecret(badgeCode.trim().toUpperCase()));
  if (person === null) return err({ tag: 'pin_wrong', field: 'pin', retryAfterMs: 0 });
  const waitMs = person.waitsUntil === null ? 0 : msOf(person.waitsUntil) - msOf(now);
  if (waitMs > 0) return err({ tag: 'rate_limited', retryAfterMs: waitMs });
  if (!(await hasPin(person, pin))) {
    const wrongCount = person.wrongCount + 1;
    const retryAfterMs = waitAfterWrongPins(wrongCount);
    const waitsUntil = instantOfMs(msOf(now) + retryAfterMs);
    await noteWrongPin(tx, person.personId, { wrongCount, waitsUntil });
    return err({ tag: 'pin_wrong', field: 'pin', retryAfterMs });
  }
  const { personId, badgeId } = person;
  await forgetWrongPins(tx, personId);
  await insertEnrolment(tx, { id, deviceId, personId, badgeId, publicKey });
  return ok({ personId });
}

/** A PIN that has become too short for what the person may do counts as none. */
async function hasPin({ salt, hash, digitCount, ...held }: BadgePerson, pin: string): Promise<boolean> {
  if (salt === null || hash === null || digitCount === null) return false;
  return digitCount >= leastPinDigits(permissionsOf(held)) && isPin(pin, { salt, hash });
}

function isPointOnCurve(point: Uint8Array): boolean {
  const part = (from: number) => Buffer.from(point.subarray(from, from + 32)).toString('base64url');
  try {
    createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: part(1), y: part(33) }, format: 'jwk' });
    return point[0] === 4;
  } catch {
    // OpenSSL refuses what does not lie on the curve.
    return false;
  }
}
