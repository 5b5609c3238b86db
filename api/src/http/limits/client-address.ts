import type { IncomingMessage } from 'node:http';
import { isIPv4, isIPv6 } from 'node:net';

/**
 * Whose address a request comes from, for counting. Behind `trustedProxies` proxies of ours each of them has added one
 * address to X-Forwarded-For; what stands before those is anybody's word. IPv6 counts by network (/64): one household
 * or one server has all of it.
 */
export function clientAddressOf(
  request: { readonly headers: IncomingMessage['headers']; readonly remoteAddress: string | undefined },
  trustedProxies: number,
): string {
  const forwarded = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
  const hops = [...forwarded, request.remoteAddress ?? '']
    .map((hop) => hop.trim())
    .filter((hop) => hop !== '');
  return countedAs(hops.at(-1 - trustedProxies) ?? hops[0] ?? '');
}

function countedAs(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  if (isIPv4(mapped)) return mapped;
  return isIPv6(mapped) ? networkOf(mapped) : 'unknown';
}

function networkOf(address: string): string {
  const [before = '', after] = address.toLowerCase().split('%', 1).join('').split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const missing = after === undefined ? 0 : 8 - groups(before).length - groups(after).length;
  const all = [
    ...groups(before),
    ...Array.from({ length: Math.max(0, missing) }, () => '0'),
    ...groups(after ?? ''),
  ];
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
