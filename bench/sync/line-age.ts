import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { withClient } from './items-cluster.ts';
import type { ItemsServer } from './items-server.ts';
import type { Heard } from './reader-process.ts';

const EVERY_MS = 50;
/** Nothing is asked of lines that are as late as this. */
const LAST_ARRIVE_WITHIN_MS = 5_000;

/**
 * How old a change is when its line reaches a client, in milliseconds, counted from the moment at which its COMMIT was
 * sent to PostgreSQL, which has then still to write it to the disk: 20 single-row changes a second, each to all of
 * `clients`. Throws where a client misses one.
 */
export async function measureLineAges(
  server: ItemsServer,
  ownerUrl: string,
  { clients, changes, items }: { readonly clients: number; readonly changes: number; readonly items: number },
): Promise<number[]> {
  const child = fork(new URL('./reader-process.ts', import.meta.url), [
    server.url,
    server.token,
    String(clients),
  ]);
  try {
    await once(child, 'message');
    const committedAt = new Map<number, number>();
    await withClient(ownerUrl, async (client) => {
      // A row that is given the text it has is no change: no number is used twice.
      const first = Date.now();
      for (let change = first; change < first + changes; change += 1) {
        const next = pause(EVERY_MS);
        await client.query('BEGIN');
        await client.query('UPDATE bench_items SET note = $1 WHERE number = $2', [
          `mark:${change}:`,
          1 + ((change * 37) % items),
        ]);
        committedAt.set(change, performance.timeOrigin + performance.now());
        await client.query('COMMIT');
        await next;
      }
    });
    const ages: number[] = [];
    for (const givenUpAt = performance.now() + LAST_ARRIVE_WITHIN_MS; ages.length < clients * changes; ) {
      if (performance.now() > givenUpAt)
        throw new Error(`${clients * changes - ages.length} lines never arrived`);
      const answer = once(child, 'message');
      child.send('what was heard');
      const [heard] = (await answer) as [Heard[]];
      for (const { change, at } of heard) ages.push(at - (committedAt.get(change) ?? Number.NaN));
    }
    return ages;
  } finally {
    child.kill();
  }
}
