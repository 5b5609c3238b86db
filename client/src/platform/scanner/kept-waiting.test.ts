import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import { describe, expect, it } from 'vitest';
import { keepWaiting, loadWaiting } from './kept-waiting.ts';
import { createTestStorage } from './testing/test-storage.ts';

const scanned = (code: string) => ({ code, assetId: null });

describe('codes that wait', () => {
  it('come back in order, on their own screen, until none waits', () => {
    const place = createTestStorage();
    const ticked = { code: 'A-9', assetId: 'x' as AssetId };
    keepWaiting(place, 'out:1', [scanned('A-1'), ticked, scanned('A-2')], 100);
    expect(loadWaiting(place, 'out:1', 200)).toEqual([scanned('A-1'), scanned('A-2')]);
    expect(loadWaiting(place, 'out:2', 200)).toEqual([]);
    keepWaiting(place, 'out:1', [], 300);
    expect(place.kept.size).toBe(0);
  });

  it('are not worked on the next day, nor made of foreign text', () => {
    const place = createTestStorage();
    keepWaiting(place, 'in', [scanned('A-1')], 0);
    expect(loadWaiting(place, 'in', 15 * 3_600_000)).toEqual([]);
    for (const text of ['', '{', '[]', '{"atMs":1,"codes":[7]}']) {
      place.setItem('eventkit.waiting.in', text);
      expect(loadWaiting(place, 'in', 1)).toEqual([]);
    }
  });

  it('wait in memory only where storage is full', () => {
    const place = createTestStorage({ isFull: true });
    keepWaiting(place, 'in', [scanned('A-1')], 0);
    expect(loadWaiting(place, 'in', 1)).toEqual([]);
  });
});
