import { errors } from 'jose';

/** Signatures that we take from a provider: with a key that only it has. */
export const SIGNATURE_ALGORITHMS = ['ES256', 'ES384', 'PS256', 'RS256', 'EdDSA'];

/** How far the provider's clock may be from ours. */
export const TOLERANCE_S = 30;

/** True where jose threw for what the token is; anything else is ours, or the network's. */
export function isTokensFault(thrown: unknown): thrown is errors.JOSEError {
  return [
    errors.JWTClaimValidationFailed,
    errors.JWTExpired,
    errors.JWTInvalid,
    errors.JWSInvalid,
    errors.JWSSignatureVerificationFailed,
    errors.JOSEAlgNotAllowed,
    errors.JOSENotSupported,
    errors.JWKSNoMatchingKey,
    errors.JWKSMultipleMatchingKeys,
  ].some((fault) => thrown instanceof fault);
}
