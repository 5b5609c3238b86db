import { expect, it } from 'vitest';
import { trustOwnScripts } from './trust-own-scripts.ts';

const location = { href: 'https://rental.example.com/events/88', origin: 'https://rental.example.com' };

it.each([
  ['/sw.js', '/sw.js'],
  ['https://rental.example.com/assets/worker-a.js', 'https://rental.example.com/assets/worker-a.js'],
  ['https://evil.example.com/a.js', null],
  ['//evil.example.com/a.js', null],
  ['data:text/javascript,alert(1)', null],
])('of %s it says %s', (url, trusted) => {
  let rule: ((url: string) => string | null) | null = null;
  const trustedTypes = {
    createPolicy: (_name: string, rules: { createScriptURL(url: string): string | null }) => {
      rule = rules.createScriptURL;
    },
  };
  trustOwnScripts({ trustedTypes, location });
  expect(rule).not.toBeNull();
  expect((rule as unknown as (url: string) => string | null)(url)).toBe(trusted);
});

it('asks nothing of a browser without Trusted Types', () => {
  expect(() => trustOwnScripts({ location })).not.toThrow();
});
