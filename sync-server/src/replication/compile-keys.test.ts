import { describe, expect, test } from 'vitest';
import { compileKey, compileValue } from './compile-keys.ts';

const columns = [
  { name: 'id', typeOid: 2950 },
  { name: 'team', typeOid: 20 },
  { name: 'name', typeOid: 25 },
];

describe('[SY43] the key of a row', () => {
  const keyOf = compileKey([0, 1], columns);

  test('has text as text and whole numbers as numbers', () => {
    expect(keyOf(['a', '7', 'x'])).toBe('["a",7]');
    expect(keyOf(['a', '-7', null])).toBe('["a",-7]');
    expect(compileKey([2], columns)(['a', '7', '7'])).toBe('["7"]');
  });

  test('is none where a value is missing, or one that a parameter cannot be', () => {
    expect(keyOf(['a', null, 'x'])).toBeNull();
    expect(keyOf(['a', undefined, 'x'])).toBeNull();
    expect(keyOf(['a', '9007199254740993', 'x'])).toBeNull();
    expect(compileKey([2], columns)(['a', '7', 'x'.repeat(700)])).toBeNull();
  });

  test('is not mistaken for that of the row before', () => {
    expect(['1', '1', '2', '1'].map((team) => keyOf(['a', team, null]))).toEqual([
      '["a",1]',
      '["a",1]',
      '["a",2]',
      '["a",1]',
    ]);
  });

  test.each([16, 17, 700, 701, 1083, 1114, 1184, 1266, 1009])('is never made of type %i', (typeOid) => {
    expect(() => compileValue(0, [{ name: 'at', typeOid }])).toThrow('column at cannot be compared');
  });
});
