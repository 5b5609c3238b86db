import { describe, expect, it } from 'vitest';
import { coalesce } from './coalesce.ts';

describe('coalescing', () => {
  it('answers calls during a run by one more run, never two at once', async () => {
    const log: string[] = [];
    const releases: (() => void)[] = [];
    const run = coalesce(async () => {
      log.push('start');
      await new Promise<void>((resolve) => releases.push(resolve));
      log.push('end');
    });
    const first = run();
    const second = run();
    const third = run();
    releases.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
    expect(log).toEqual(['start', 'end', 'start']);
    releases.shift()?.();
    await Promise.all([first, second, third]);
    expect(log).toEqual(['start', 'end', 'start', 'end']);
  });

  it('runs again after a failure', async () => {
    let count = 0;
    const run = coalesce(async () => {
      count++;
      if (count === 1) throw new Error('no');
    });
    await expect(run()).rejects.toThrow('no');
    await run();
    expect(count).toBe(2);
  });
});
