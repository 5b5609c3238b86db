/**
 * Headers of every answer. `wasm-unsafe-eval` is for SQLite and the barcode reader; workers come from our own
 * files. Strict-Transport-Security only where the public address is https, for a browser would keep it.
 */
export function securityHeaders(publicUrl: URL, issuerOrigin: string): Readonly<Record<string, string>> {
  const policy = {
    'default-src': ["'self'"],
    'script-src': ["'self'", "'wasm-unsafe-eval'"],
    'worker-src': ["'self'"],
    'connect-src': ["'self'"],
    'img-src': ["'self'", 'data:', 'blob:'],
    'media-src': ["'self'", 'blob:', 'mediastream:'],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'frame-ancestors': ["'none'"],
    // Signing out is a form whose answer may lead to the identity provider; browsers follow the rule through it.
    'form-action': ["'self'", ...(issuerOrigin === publicUrl.origin ? [] : [issuerOrigin])],
  };
  return {
    'content-security-policy': Object.entries(policy)
      .map(([name, sources]) => `${name} ${sources.join(' ')}`)
      .join('; '),
    // Nobody on the way keeps an answer unless its route says that it may be kept.
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy':
      'camera=(self), microphone=(), geolocation=(), display-capture=(), payment=(), usb=()',
    ...(publicUrl.protocol === 'https:' ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}

/** Added to the policy of the app's page: its scripts and workers are those of its own origin, whatever a library does. */
export const TRUSTED_TYPES = "require-trusted-types-for 'script'; trusted-types default";
