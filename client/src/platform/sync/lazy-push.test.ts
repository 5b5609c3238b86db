import type { DeviceId, OperationId } from '@eventkit/shared/kernel/ids.ts';
import { ok } from '@eventkit/shared/kernel/result.ts';
import { expect, it } from 'vitest';
import { idOf } from '#platform/testing/test-ids.ts';
import { createLazyPush } from './lazy-push.ts';

const batch = {
  deviceId: idOf(9, 1) as DeviceId,
  operations: [{ id: idOf(30, 1) as OperationId, envelope: new Uint8Array([1]) }],
  queueLength: 0,
  oldestWaitingAt: null,
  lastSequence: 1,
};

it('code that did not come is a server out of reach; once it is here it is not asked for again', async () => {
  let loads = 0;
  const push = createLazyPush(async () => {
    loads += 1;
    if (loads === 1) throw new TypeError('Failed to fetch dynamically imported module');
    return async ({ operations }) =>
      ok(operations.map(({ id }) => ({ id, verdict: 'applied', reason: null })));
  });
  const never = new AbortController().signal;
  expect(await push(batch, never)).toMatchObject({ ok: false, error: { tag: 'unreachable' } });
  expect(await push(batch, never)).toMatchObject({ ok: true, value: [{ verdict: 'applied' }] });
  await push(batch, never);
  expect(loads).toBe(2);
});
