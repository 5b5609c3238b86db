import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { LineSink } from './line-sink.ts';

test('[SY35] what goes out is counted, and for how long a client takes nothing', async () => {
  const taken: (() => void)[] = [];
  const out = new Writable({ highWaterMark: 10, write: (_bytes, _encoding, done) => taken.push(done) });
  let sent = 0;
  const sink = new LineSink(out, 'ndjson', 'identity', (bytes) => {
    sent += bytes;
  });
  expect(sink.busyMs).toBe(0);
  await sink.line({ checkpoint: 'of more than ten bytes' });
  expect(sink.sentBytes).toBe('{"checkpoint":"of more than ten bytes"}\n'.length);
  expect(sent).toBe(sink.sentBytes);
  const askedAt = performance.now();
  while (performance.now() === askedAt);
  expect(sink.busyMs).toBeGreaterThan(0);
  const drained = new Promise((resolve) => out.once('drain', resolve));
  taken.shift()?.();
  await drained;
  expect(sink.busyMs).toBe(0);
});
