import { describe, expect, test } from 'vitest';
import { cookieName, readCookie, setCookie, takesSecureCookies } from './session-cookie.ts';

const SAFARI =
  'Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15';
const CHROME = 'Mozilla/5.0 (X11) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';

describe('takesSecureCookies', () => {
  test.each([
    ['https://rental.example.test', SAFARI, true],
    ['https://rental.example.test', CHROME, true],
    ['http://localhost:8484', CHROME, true],
    ['http://localhost:8484', SAFARI, false],
    ['http://192.168.1.20:8484', CHROME, false],
  ])('%s', (url, userAgent, expected) => {
    expect(takesSecureCookies(new URL(url), userAgent)).toBe(expected);
  });
});

test('the session cookie cannot be read by scripts nor sent by other sites', () => {
  expect(setCookie('session', true, 'v', 60)).toBe(
    '__Host-eventkit=v; Path=/; Max-Age=60; HttpOnly; Secure; SameSite=Strict',
  );
});

test('without a secure context the cookie says so by its name', () => {
  expect(setCookie('session', false, 'v', 60)).toBe(
    'eventkit=v; Path=/; Max-Age=60; HttpOnly; SameSite=Strict',
  );
});

describe('readCookie', () => {
  test('finds the value among others', () => {
    expect(readCookie('session', new URL('https://a.test'), 'x=1; __Host-eventkit=v; y=2')).toBe('v');
  });
  test('over TLS the unprefixed name, which a neighbouring host could plant, does not count', () => {
    expect(readCookie('session', new URL('https://a.test'), 'eventkit=planted')).toBeNull();
  });
  test('over plain http both names count', () => {
    expect(readCookie('session', new URL('http://localhost'), `${cookieName('session', false)}=v`)).toBe('v');
  });
  test('an empty or broken header has none', () => {
    expect(readCookie('session', new URL('http://localhost'), '')).toBeNull();
    expect(readCookie('session', new URL('http://localhost'), ';;=;eventkit')).toBeNull();
  });
});
