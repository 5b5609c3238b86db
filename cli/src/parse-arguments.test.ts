import { describe, expect, test } from 'vitest';
import { parseArguments } from './parse-arguments.ts';

describe('parseArguments', () => {
  test.each([
    [[], { command: 'help' }],
    [['--help'], { command: 'help' }],
    [['serve', '--help'], { command: 'help' }],
    [['start'], { command: 'start' }],
    [
      ['serve', '--port', '9000', '--data', '/tmp/x', '--assets=100'],
      { command: 'serve', port: '9000', data: '/tmp/x', assets: '100' },
    ],
    [
      ['token', '--user', 'a@b.test', '--audience', 'sync'],
      { command: 'token', user: 'a@b.test', audience: 'sync' },
    ],
    [['status'], { command: 'status' }],
    [['call'], { command: 'call', all: false, json: false }],
    [
      ['call', 'ListAssets', '--input', '{}', '--all', '--json'],
      { command: 'call', call: 'ListAssets', input: '{}', all: true, json: true },
    ],
    [['completion', 'fish'], { command: 'completion', shell: 'fish' }],
    [['audit', 'verify'], { command: 'audit verify', json: false }],
    [
      ['audit', 'verify', '--company', 'north', '--anchors', 'anchors.jsonl', '--json'],
      { command: 'audit verify', company: 'north', anchors: 'anchors.jsonl', json: true },
    ],
    [['audit', 'anchors'], { command: 'audit anchors' }],
    [
      ['sync', 'diagnose', '--user', 'a@b.test', '--json'],
      { command: 'sync diagnose', user: 'a@b.test', json: true },
    ],
    [['sync', 'diagnose', '--user', '0199b000'], { command: 'sync diagnose', user: '0199b000', json: false }],
  ])('%j', (argv, expected) => {
    expect(parseArguments(argv)).toEqual({ ok: true, value: expected });
  });

  test.each([
    [['fly'], /no command "fly"/],
    [['constructor'], /no command/],
    [['serve', '--prot', '1'], /--prot/],
    [['serve', 'now'], /now/],
    [['call', 'ListAssets', 'ListProducts'], /ListProducts/],
    [['completion', 'tcsh'], /bash, zsh or fish/],
    [['serve', '--port'], /--port/],
    [['migrate', '--port', '1'], /--port/],
    [['sync'], /no command "sync"/],
    [['audit'], /no command "audit"/],
    [['audit', 'anchors', '--json'], /--json/],
    [['sync', 'diagnose'], /--user/],
    [['token'], /--user/],
    [['token', '--user', 'a@b.test'], /--audience/],
    [['token', '--user', 'a@b.test', '--audience', 'all'], /--audience/],
  ])('%j is refused and says why', (argv, message) => {
    expect(parseArguments(argv)).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(message) },
    });
  });
});
