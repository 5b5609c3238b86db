import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;
const FORWARDING_HEADERS = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/**
 * Numbers about a company are not for everybody: a request needs the token where one is set, or comes from this
 * machine itself. A proxy on this machine does not count: it is known by its headers, or by the name it asks for.
 */
export function mayReadMetrics(
  request: { readonly headers: IncomingHttpHeaders; readonly remoteAddress: string | undefined },
  token: string | null,
): boolean {
  const { headers, remoteAddress = '' } = request;
  if (headers.authorization !== undefined) {
    return token !== null && isSame(headers.authorization, `Bearer ${token}`);
  }
  if (FORWARDING_HEADERS.some((name) => headers[name] !== undefined)) return false;
  const host = headers[':authority'] ?? headers.host ?? '';
  return LOOPBACK.test(remoteAddress) && /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(String(host));
}

/** Takes as long for a near miss as for any other. */
function isSame(one: string, other: string): boolean {
  const [first, second] = [one, other].map((text) => createHash('sha256').update(text).digest());
  return first !== undefined && second !== undefined && timingSafeEqual(first, second);
}
