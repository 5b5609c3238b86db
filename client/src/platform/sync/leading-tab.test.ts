import { describe, expect, it } from 'vitest';
import { createTestLocks } from '#platform/testing/test-tabs.ts';
import { createTurn, runInOneTab } from './leading-tab.ts';

describe('one tab at a time', () => {
  it('lets a second tab take over when the first is gone', async () => {
    const locks = createTestLocks();
    const log: string[] = [];
    const tabs = ['first', 'second'].map((name) => {
      const life = new AbortController();
      const done = runInOneTab(
        { locks },
        'upload',
        async (signal) => {
          log.push(`${name} works`);
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
          log.push(`${name} stops`);
        },
        life.signal,
      );
      return { life, done };
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(log).toEqual(['first works']);
    tabs[0]?.life.abort();
    await tabs[0]?.done;
    await new Promise((resolve) => setImmediate(resolve));
    expect(log).toEqual(['first works', 'first stops', 'second works']);
    tabs[1]?.life.abort();
    await tabs[1]?.done;
  });

  it('goes without a word when it is called off before its turn', async () => {
    const life = new AbortController();
    life.abort(new Error('called off'));
    await runInOneTab({ locks: createTestLocks() }, 'upload', async () => undefined, life.signal);
  });

  it('tells of work that failed', async () => {
    const failed = runInOneTab(
      { locks: createTestLocks() },
      'upload',
      async () => {
        throw new Error('broken');
      },
      new AbortController().signal,
    );
    await expect(failed).rejects.toThrow('broken');
  });

  it('takes its turn when the other gives it up, and tells what failed', async () => {
    const problems: string[] = [];
    const ports = { locks: createTestLocks(), onProblem: (what: string) => problems.push(what) };
    const untilCalledOff = (signal: AbortSignal) =>
      new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    const first = createTurn(ports, 'lead', untilCalledOff);
    const second = createTurn(ports, 'lead', async () => {
      throw new Error('broken');
    });
    const third = createTurn(ports, 'lead', untilCalledOff);
    for (const turn of [first, second, third]) turn.take();
    await new Promise((resolve) => setImmediate(resolve));
    expect([first, second, third].map((turn) => turn.isLeading())).toEqual([true, false, false]);
    await first.giveUp();
    await new Promise((resolve) => setImmediate(resolve));
    expect([first, second, third].map((turn) => turn.isLeading())).toEqual([false, false, true]);
    expect(problems).toEqual(['keep in step']);
    await third.giveUp();
    expect(third.isLeading()).toBe(false);
  });
});
