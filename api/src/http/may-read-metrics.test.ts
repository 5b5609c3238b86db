import { describe, expect, test } from 'vitest';
import { mayReadMetrics } from './may-read-metrics.ts';

const here = { headers: { host: 'localhost:8484' }, remoteAddress: '127.0.0.1' };

describe('metrics are read', () => {
  test.each([
    ['from this machine', here],
    ['over IPv6', { headers: { host: '[::1]:8484' }, remoteAddress: '::1' }],
    ['over a port for both', { headers: { host: '127.0.0.1:8484' }, remoteAddress: '::ffff:127.0.0.1' }],
    ['over HTTP/2', { headers: { ':authority': 'localhost:8484' }, remoteAddress: '127.0.0.1' }],
  ])('%s without a token', (_how, request) => {
    expect(mayReadMetrics(request, null)).toBe(true);
  });

  test('from anywhere with the token', () => {
    const headers = { host: 'rental.example.com', authorization: 'Bearer s3cret' };
    expect(mayReadMetrics({ headers, remoteAddress: '10.0.0.9' }, 's3cret')).toBe(true);
  });
});

describe('metrics are refused', () => {
  test.each([
    ['another machine', { headers: { host: 'localhost:8484' }, remoteAddress: '10.0.0.9' }],
    ['an address that only looks like ours', { headers: here.headers, remoteAddress: '127.0.0.1.evil' }],
    ['no address', { headers: here.headers, remoteAddress: undefined }],
    ['a proxy on this machine', { ...here, headers: { ...here.headers, 'x-forwarded-for': '203.0.113.7' } }],
    ['a proxy that hides', { ...here, headers: { host: 'rental.example.com' } }],
    [
      'a wrong token, from this machine too',
      { ...here, headers: { ...here.headers, authorization: 'Bearer no' } },
    ],
    ['another scheme', { ...here, headers: { ...here.headers, authorization: 's3cret' } }],
  ])('to %s', (_who, request) => {
    expect(mayReadMetrics(request, 's3cret')).toBe(false);
  });

  test('where no token is set, whatever is sent', () => {
    const headers = { host: 'localhost', authorization: 'Bearer null' };
    expect(mayReadMetrics({ headers, remoteAddress: '127.0.0.1' }, null)).toBe(false);
  });
});
