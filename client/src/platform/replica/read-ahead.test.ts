import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { AHEAD_BYTES, readAhead } from './read-ahead.ts';

const PART_BYTES = 1024 * 1024;

/** An answer without an end that says how many of its parts were taken, and why its reader stopped. */
function endless() {
  const seen = { parts: 0, cancelledBy: null as unknown };
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      seen.parts += 1;
      controller.enqueue(new Uint8Array(PART_BYTES).fill(seen.parts));
    },
    cancel(reason) {
      seen.cancelledBy = reason;
    },
  });
  return { seen, response: new Response(body, { status: 201, headers: { 'content-type': 'text/x' } }) };
}

/** Whatever a stream does without being asked is done by then. */
async function settle(seen: { readonly parts: number }): Promise<void> {
  for (let before = -1; before !== seen.parts; ) {
    before = seen.parts;
    await setImmediate();
  }
}

describe('an answer that is read ahead', () => {
  it('is received while nobody reads it, so far and no further', async () => {
    const { seen, response } = endless();
    const reader = readAhead(response).body?.getReader();
    await settle(seen);
    expect(seen.parts * PART_BYTES).toBeGreaterThanOrEqual(AHEAD_BYTES);
    expect(seen.parts * PART_BYTES).toBeLessThanOrEqual(AHEAD_BYTES + 3 * PART_BYTES);
    const before = seen.parts;
    expect((await reader?.read())?.value?.[0]).toBe(1);
    expect((await reader?.read())?.value?.[0]).toBe(2);
    await settle(seen);
    expect(seen.parts).toBe(before + 2);
  });

  it('keeps its status and headers', () => {
    const { response } = endless();
    const { status, headers } = readAhead(response);
    expect([status, headers.get('content-type')]).toEqual([201, 'text/x']);
    const empty = new Response(null, { status: 204 });
    expect(readAhead(empty)).toBe(empty);
  });

  it('is given up where its reader gives up', async () => {
    const { seen, response } = endless();
    await readAhead(response).body?.cancel('enough');
    await settle(seen);
    expect(seen.cancelledBy).toBe('enough');
  });

  it('fails where the answer fails', async () => {
    const broken = new ReadableStream({ pull: () => Promise.reject(new Error('cut')) });
    await expect(readAhead(new Response(broken)).text()).rejects.toThrow('cut');
  });
});
