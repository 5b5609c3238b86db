import { describe, expect, it } from 'vitest';
import { createTestStorage } from '#platform/scanner/testing/test-storage.ts';
import { keepChoices, loadChoices } from './kept-choices.ts';

describe('what was chosen for labels', () => {
  it('is there the next time', () => {
    const storage = createTestStorage();
    expect(loadChoices(storage)).toEqual({ format: 'roll', prefix: null });
    keepChoices(storage, { format: 'sheet', prefix: 'NL' });
    expect(loadChoices(storage)).toEqual({ format: 'sheet', prefix: 'NL' });
  });

  it('is what fits today, whatever was kept', () => {
    const storage = createTestStorage();
    for (const text of ['{', 'null', '7', '{"format":"gone","prefix":"Ü"}', '{"prefix":4}']) {
      storage.setItem('eventkit.labels', text);
      expect(loadChoices(storage)).toEqual({ format: 'roll', prefix: null });
    }
  });
});
