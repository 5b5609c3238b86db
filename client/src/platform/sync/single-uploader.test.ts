import { describe, expect, it } from 'vitest';
import { type LockPort, runInOneTab } from './single-uploader.ts';

/** One lock, as the browser gives it out: in order of asking. */
function createLocks(): LockPort {
  let last: Promise<unknown> = Promise.resolve();
  return {
    request(_name, { signal }, callback) {
      const called = last.then(() => (signal.aborted ? Promise.reject(signal.reason) : callback()));
      last = called.catch(() => undefined);
      return called;
    },
  };
}

describe('one tab at a time', () => {
  it('lets a second tab take over when the first is gone', async () => {
    const locks = createLocks();
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
    await runInOneTab({ locks: createLocks() }, 'upload', async () => undefined, life.signal);
  });

  it('tells of work that failed', async () => {
    const failed = runInOneTab(
      { locks: createLocks() },
      'upload',
      async () => {
        throw new Error('broken');
      },
      new AbortController().signal,
    );
    await expect(failed).rejects.toThrow('broken');
  });
});
