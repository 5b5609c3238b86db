import { expect, test } from 'vitest';
import { createRandomSource } from '#simulation/random-source.ts';
import type { Checkpoint } from './virtual-download.ts';
import { calm, noFaultsYet } from './virtual-faults.ts';
import { createVirtualLine, type StreamPeer } from './virtual-line.ts';
import { createVirtualTime } from './virtual-time.ts';

const NOON = Date.UTC(2026, 10, 22, 12);
const checkpoint: Checkpoint = { generation: 1, position: 1, isWhole: false, changes: [] };

test('of a request for a stream that is repeated on its way, the device hears one stream', async () => {
  const time = createVirtualTime(NOON);
  const world = {
    time,
    random: createRandomSource('a copy'),
    faults: () => ({ ...calm, repeated: 1 }),
    counts: noFaultsYet(),
    trace: () => undefined,
    violate: (rule: string, what: string) => expect.fail(`${rule} ${what}`),
  };
  const opened: StreamPeer[] = [];
  const line = createVirtualLine(world, 'line', (_, peer) => {
    opened.push(peer);
    return () => undefined;
  });
  let takenCount = 0;
  const request = { token: 'token', generation: 1, position: 0 };
  void line.open(request, {
    take: async () => {
      takenCount += 1;
    },
    broke: () => undefined,
  });
  await time.runUntil(NOON + 120_000);
  for (const peer of opened) void peer.take(checkpoint);
  await time.runUntil(NOON + 240_000);
  expect([opened.length, takenCount]).toEqual([2, 1]);
});
