import { expect, test } from 'vitest';
import { type FollowLog, followLog } from './follow-log.ts';

/** Nothing listens on port 1 of this machine. */
const nobodyThere = { url: 'postgres://nobody@127.0.0.1:1/none', slot: 's', publication: 'p', from: 0n };

test('a session that breaks while the log is being opened leaves no rejection unhandled', async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', note);
  try {
    const job = {
      until: Promise.reject(new Error('the session broke')),
      ...nobodyThere,
    } as unknown as FollowLog;
    await expect(followLog(job)).rejects.toThrow(/ECONNREFUSED/);
    await new Promise((resolve) => setImmediate(resolve));
    expect(unhandled).toEqual([]);
  } finally {
    process.off('unhandledRejection', note);
  }
});
