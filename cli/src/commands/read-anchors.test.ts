import { expect, test } from 'vitest';
import { readAnchors } from './read-anchors.ts';

const anchor = { tenantId: '01900001-0000-7000-8000-000000000001', position: 3, hash: 'ab'.repeat(32) };

test('anchors are read from what was printed, and from among the other lines of a log', () => {
  const logged = JSON.stringify({ level: 30, time: 1, ...anchor, msg: 'audit anchor' });
  const log = ['{"level":30,"msg":"served"}', logged, 'null', '3', 'not JSON {', ''].join('\n');
  expect(readAnchors(JSON.stringify(anchor))).toEqual({ ok: true, value: [anchor] });
  expect(readAnchors(log)).toEqual({ ok: true, value: [anchor] });
});

test.each([
  '',
  '{}',
  JSON.stringify({ ...anchor, hash: 'ab' }),
  JSON.stringify({ ...anchor, position: '3' }),
  JSON.stringify({ ...anchor, tenantId: 'north' }),
])('a file without any is an error: %s', (text) => {
  expect(readAnchors(text).ok).toBe(false);
});
