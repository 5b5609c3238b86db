import type { Diagnosis } from '@eventkit/sync-server/diagnose/diagnose-user.ts';
import { expect, test } from 'vitest';
import { describeDiagnosis } from './sync-diagnose.ts';

const bucket = (name: string, rows: number, bytes: number) => ({
  name,
  priority: 1,
  tables: [{ table: 'assets', rows, bytes }],
  removals: 0,
});
const diagnosis: Diagnosis = {
  user: {
    id: 'u1',
    name: 'Lea Huber',
    email: 'lea@example.com',
    role: 'warehouse',
    customPermissions: null,
    isActive: true,
    tenantId: 't1',
    tenantName: 'Bühne & Ton',
  },
  serving: 'newest',
  deployment: '1a2b3c4d',
  head: 8123,
  streams: [
    {
      name: 'stock',
      buckets: [bucket('1a2b3c4d#stock|0["t1"]', 12_000, 2_345_678)],
      isByDevice: false,
      errors: [],
    },
    { name: 'own_operations', buckets: [], isByDevice: true, errors: [] },
  ],
  lookups: [],
  devices: [
    {
      id: 'd1',
      name: 'Tablet 3',
      isRevoked: false,
      lastContactAt: '2026-11-23T10:00:00.000Z',
      ownBuckets: [bucket('1a2b3c4d#own_operations|0["d1","t1"]', 7, 900)],
    },
  ],
};

test('a person reads who it is, what each stream gives, and which devices are connected', () => {
  const open = {
    tenantId: 't1',
    userId: 'u1',
    deviceId: 'd1',
    openedAtMs: 0,
    sentBytes: 1500,
    isSlow: false,
  };
  expect(describeDiagnosis(diagnosis, [open], 65_000)).toBe(
    [
      'Lea Huber <lea@example.com>, warehouse of Bühne & Ton',
      'the newest sync configuration is served (deployment 1a2b3c4d, operation 8123)',
      '  stream          priority    buckets   rows   bytes',
      '  stock                  1          1  12000  2.3 MB',
      '  own_operations            by device               ',
      '  together                             12000  2.3 MB',
      'devices',
      '  Tablet 3 (d1): stream open for 65 s, 1.5 kB sent; last contact 2026-11-23T10:00:00.000Z; 7 rows of its own (900 B)',
    ].join('\n'),
  );
});

test('it says so where nobody could be asked for open streams', () => {
  const text = describeDiagnosis({ ...diagnosis, devices: [] }, null, 0);
  expect(text).toContain('no devices');
  expect(text).toContain('Whether streams are open is not known');
});
