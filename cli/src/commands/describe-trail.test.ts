import type { TrailFault } from '@eventkit/database/audit/verify-trail.ts';
import { expect, test } from 'vitest';
import { describeTrail } from './describe-trail.ts';

const report = {
  ...{ linkCount: 2, entryCount: 40, openCount: 1 },
  head: { tenantId: 't', position: 2, hash: 'abcd' },
  fault: null,
};

test('a trail that fits is said to, with its newest link', () => {
  expect(describeTrail('north', report)).toBe(
    'north: as it was written (40 entries in 2 links, 1 not linked yet; newest link 2 abcd)',
  );
  expect(describeTrail('south', { ...report, head: null })).not.toContain('newest');
});

const after = { source: 'operations', id: 'o' };
test.each<[TrailFault, string]>([
  [{ tag: 'link', problem: 'missing', position: 3 }, 'Link 3 is missing.'],
  [{ tag: 'link', problem: 'changed', position: 3 }, 'Link 3 was changed.'],
  [{ tag: 'anchor', position: 3 }, 'Link 3 is not the one that was kept elsewhere: the chain was made anew.'],
  [
    { tag: 'entry', position: 3, problem: 'changed', entry: { source: 'audit_log', id: '7' }, after },
    'audit_log 7 was changed, in link 3, after operations o.',
  ],
  [
    { tag: 'entry', position: 3, problem: 'removed', entry: null, after: null },
    'An entry was removed, in link 3.',
  ],
  [
    {
      tag: 'entry',
      position: null,
      problem: 'inserted',
      entry: { source: 'movements', id: 'm' },
      after: null,
    },
    'movements m was inserted, outside of all links.',
  ],
])('%j', (fault, words) => {
  expect(describeTrail('north', { ...report, fault })).toContain(`north: TAMPERED WITH. ${words} `);
});
