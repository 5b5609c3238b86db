import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openSignIn, safeReturnPath, sealSignIn } from './sign-in-ticket.ts';

const ticket = { state: 's', nonce: 'n', codeVerifier: 'v', returnTo: '/events/1' };

test('a sealed sign-in opens with its key and no other', async () => {
  const key = randomBytes(32);
  const sealed = await sealSignIn(key, ticket);
  expect(await openSignIn(key, sealed)).toEqual(ticket);
  expect(await openSignIn(randomBytes(32), sealed)).toBeNull();
  expect(await openSignIn(key, 'nonsense')).toBeNull();
  expect(sealed).not.toContain(Buffer.from('"codeVerifier"').toString('base64url').slice(2, 12));
});

describe('safeReturnPath', () => {
  test.each([
    ['/events/1?a=b#c', '/events/1?a=b#c'],
    [undefined, '/'],
    ['', '/'],
    ['https://evil.test/', '/'],
    ['//evil.test/', '/'],
    ['/\\evil.test', '/'],
    ['/\t/evil.test', '/'],
    ['javascript:alert(1)', '/'],
    // Paths that are harmless as they stand, and lead to another host once their dots are resolved.
    ['/..//evil.test/', '/'],
    ['/.//evil.test/', '/'],
    ['/x/../..//evil.test/', '/'],
    ['/%2e%2e//evil.test/', '/'],
    ['/events//1', '/events//1'],
  ])('%s', (wanted, expected) => {
    expect(safeReturnPath(wanted)).toBe(expected);
  });
});
