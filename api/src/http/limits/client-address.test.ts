import { expect, test } from 'vitest';
import { clientAddressOf } from './client-address.ts';

function address(remoteAddress: string | undefined, forwarded?: string, trustedProxies = 0): string {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return clientAddressOf({ headers, remoteAddress }, trustedProxies);
}

test('without a proxy of ours nobody can name another address than their own', () => {
  expect(address('203.0.113.7', '198.51.100.1')).toBe('203.0.113.7');
});

test('behind proxies of ours the address is the one that the first of them saw', () => {
  expect(address('10.0.0.2', '198.51.100.1', 1)).toBe('198.51.100.1');
  expect(address('10.0.0.2', '6.6.6.6, 198.51.100.1', 1)).toBe('198.51.100.1');
  expect(address('10.0.0.2', '6.6.6.6, 198.51.100.1, 10.0.0.9', 2)).toBe('198.51.100.1');
});

test('where fewer were on the way than are trusted, the furthest counts', () => {
  expect(address('10.0.0.2', undefined, 1)).toBe('10.0.0.2');
});

test.each([
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['nonsense', 'unknown'],
  [undefined, 'unknown'],
])('%s counts as %s', (remote, counted) => {
  expect(address(remote)).toBe(counted);
});
