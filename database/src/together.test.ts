import { describe, expect, test } from 'vitest';
import { together } from './together.ts';

const aborted = Object.assign(new Error('current transaction is aborted'), { code: '25P02' });

describe('statements sent together', () => {
  test('answer each for itself, in the order in which they were sent', async () => {
    expect(await together([Promise.resolve('a'), Promise.resolve(2)])).toEqual(['a', 2]);
  });

  test('fail with the error of the one at fault, whichever is heard of first', async () => {
    const fault = new Error('duplicate key');
    await expect(together([Promise.reject(aborted), Promise.reject(fault)])).rejects.toBe(fault);
    await expect(together([Promise.reject(aborted), Promise.resolve()])).rejects.toBe(aborted);
  });

  test('fail only when none of them uses the connection any more', async () => {
    const last = Promise.withResolvers<void>();
    let hasEnded = false;
    const ended = together([Promise.reject(aborted), last.promise]).catch(() => {
      hasEnded = true;
    });
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    expect(hasEnded).toBe(false);
    last.resolve();
    await ended;
    expect(hasEnded).toBe(true);
  });
});
