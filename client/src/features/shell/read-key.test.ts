import { describe, expect, test } from 'vitest';
import { type KeyMeaning, readKey, restingKeys } from './read-key.ts';

/** What keys mean, one after the other, 100 ms apart; `+` before a key is a held Control, a number waits so long. */
function meaningsOf(...keys: readonly (string | number)[]): (KeyMeaning | null)[] {
  let state = restingKeys;
  let atMs = 0;
  const meanings: (KeyMeaning | null)[] = [];
  for (const one of keys) {
    if (typeof one === 'number') {
      atMs += one;
      continue;
    }
    atMs += 100;
    const step = readKey(state, { key: one.replace(/^\+/, ''), isCommand: one.startsWith('+'), atMs });
    state = step.state;
    meanings.push(step.meaning);
  }
  return meanings;
}

describe('keys', () => {
  test('G and a letter lead somewhere, each letter once', () => {
    expect(meaningsOf('g', 'e', 'e')).toEqual([
      null,
      { kind: 'go', letter: 'e' },
      { kind: 'press', key: 'e' },
    ]);
  });

  test('G, J is a place and no movement', () => {
    expect(meaningsOf('g', 'j')[1]).toEqual({ kind: 'go', letter: 'j' });
  });

  test('long after G a letter stands for itself', () => {
    expect(meaningsOf('g', 2_000, 'j')[1]).toEqual({ kind: 'move', by: 1 });
  });

  test('what is no letter ends the wait', () => {
    expect(meaningsOf('g', 'Escape', 'e')[2]).toEqual({ kind: 'press', key: 'e' });
  });

  test('of held keys only Ctrl K and Ctrl Z are ours', () => {
    expect(meaningsOf('+K', '+k', '+z', '+Z', '+e', '+g', 'e')).toEqual([
      { kind: 'palette' },
      { kind: 'palette' },
      { kind: 'undo' },
      null,
      null,
      null,
      { kind: 'press', key: 'e' },
    ]);
  });

  test('capitals are what scanners send', () => {
    expect(meaningsOf('G', 'E')).toEqual([null, null]);
  });
});
