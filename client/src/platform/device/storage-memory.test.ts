import type { TenantId } from '@eventkit/shared/kernel/ids.ts';
import { describe, expect, it } from 'vitest';
import { createTestStorage } from '#platform/scanner/testing/test-storage.ts';
import { idOf } from '#platform/testing/test-ids.ts';
import { createStorageMemory } from './storage-memory.ts';

const tenantId = 'north' as TenantId;
const epoch = idOf(40, 1);

describe('what is remembered of a storage', () => {
  it('is how far it had come, for one company', () => {
    const store = createTestStorage();
    const memory = createStorageMemory(store, tenantId);
    expect(memory.recall()).toBeNull();
    memory.note({ epoch, lastSequence: 7, waitingCount: 2 });
    expect(memory.recall()).toEqual({ epoch, lastSequence: 7, waitingCount: 2 });
    expect(createStorageMemory(store, 'south' as TenantId).recall()).toBeNull();
  });

  it('never goes back within one storage, as a tab that knows less would have it', () => {
    const memory = createStorageMemory(createTestStorage(), tenantId);
    memory.note({ epoch, lastSequence: 7, waitingCount: 2 });
    memory.note({ epoch, lastSequence: 6, waitingCount: 1 });
    expect(memory.recall()).toEqual({ epoch, lastSequence: 7, waitingCount: 2 });
    memory.note({ epoch, lastSequence: 7, waitingCount: 0 });
    expect(memory.recall()?.waitingCount).toBe(0);
    memory.note({ epoch: idOf(40, 2), lastSequence: 0, waitingCount: 0 });
    expect(memory.recall()?.lastSequence).toBe(0);
  });

  it('is nothing where it is damaged, and no hindrance where it cannot be written', () => {
    const store = createTestStorage();
    for (const text of [
      '',
      '{',
      'null',
      '7',
      '{"epoch":"x","lastSequence":1,"waitingCount":1}',
      `{"epoch":"${epoch}","lastSequence":-1,"waitingCount":0}`,
    ]) {
      store.setItem(`eventkit.storage.${tenantId}`, text);
      expect(createStorageMemory(store, tenantId).recall()).toBeNull();
    }
    const full = createStorageMemory(createTestStorage({ isFull: true }), tenantId);
    full.note({ epoch, lastSequence: 1, waitingCount: 1 });
    expect(full.recall()).toBeNull();
  });
});
