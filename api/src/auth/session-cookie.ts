/** Names and attributes of our cookies; they depend on how the browser reaches us. */
export type CookieKind = 'session' | 'sign_in';

const BASE_NAMES = { session: 'eventkit', sign_in: 'eventkit-sign-in' } as const;

/**
 * `__Host-` ties a cookie to this host, to the whole path and to a secure context. Browsers take it over https and,
 * but for Safari, over plain http from localhost. Elsewhere on plain http the name goes without prefix and Secure:
 * good for a try on a trusted network, and said so at start.
 */
export function cookieName(kind: CookieKind, isSecure: boolean): string {
  return isSecure ? `__Host-${BASE_NAMES[kind]}` : BASE_NAMES[kind];
}

/** Whether this browser keeps a Secure cookie from the public address. */
export function takesSecureCookies(publicUrl: URL, userAgent: string): boolean {
  if (publicUrl.protocol === 'https:') return true;
  return isLoopback(publicUrl) && !isSafari(userAgent);
}

/** True for the addresses that a browser counts as secure without TLS. */
export function isLoopback(url: URL): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname) || url.hostname.endsWith('.localhost');
}

/**
 * The session is Strict: no other site's link or form carries it. Nothing is lost by that, as pages are the same for
 * everybody and ask for data from themselves. The sign-in cookie must survive the way back from the provider: Lax.
 */
export function setCookie(kind: CookieKind, isSecure: boolean, value: string, maxAgeS: number): string {
  return [
    `${cookieName(kind, isSecure)}=${value}`,
    'Path=/',
    `Max-Age=${maxAgeS}`,
    'HttpOnly',
    ...(isSecure ? ['Secure'] : []),
    kind === 'session' ? 'SameSite=Strict' : 'SameSite=Lax',
  ].join('; ');
}

/** The cookie's value, under whichever of its names this address may use. An address with TLS takes the prefix only. */
export function readCookie(kind: CookieKind, publicUrl: URL, header: string): string | null {
  const valueByName = new Map<string, string>();
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=');
    if (at > 0) valueByName.set(pair.slice(0, at).trim(), pair.slice(at + 1).trim());
  }
  const prefixed = valueByName.get(cookieName(kind, true));
  if (prefixed !== undefined || publicUrl.protocol === 'https:') return prefixed ?? null;
  return valueByName.get(cookieName(kind, false)) ?? null;
}

function isSafari(userAgent: string): boolean {
  return userAgent.includes('Safari/') && !/Chrom(e|ium)\/|Edg|Android/.test(userAgent);
}
