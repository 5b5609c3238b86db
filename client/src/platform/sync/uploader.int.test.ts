import type { OperationId } from '@eventkit/shared/kernel/ids.ts';
import { err, ok } from '@eventkit/shared/kernel/result.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordOperation } from '#platform/operations/record-operation.ts';
import { createManualTimers, type ManualTimers } from '#platform/testing/manual-timers.ts';
import { download, openTestDevice, type TestDevice } from '#platform/testing/test-device.ts';
import { checkOut, fair, gala, newStock } from '#platform/testing/test-stock.ts';
import { until } from '#platform/testing/until.ts';
import type { Push, PushBatch, PushFailure } from './push.ts';
import { createUploader, type Uploader } from './uploader.ts';

describe('the uploader', () => {
  let device: TestDevice;
  let timers: ManualTimers;
  let uploader: Uploader;
  let pushed: PushBatch[];
  let answer: Push;
  let stop: AbortController;
  let running: Promise<void>;

  const applied: Push = async ({ operations }) =>
    ok(operations.map(({ id }) => ({ id, verdict: 'applied' as const, reason: null })));
  const fail =
    (tag: PushFailure['tag']): Push =>
    async () =>
      err({ tag, problem: 'as told' });

  beforeEach(async () => {
    device = await openTestDevice();
    await download(device.replica, newStock({ assetCount: 9 }));
    timers = createManualTimers();
    pushed = [];
    answer = applied;
    uploader = createUploader({
      replica: device.replica,
      deviceId: device.deviceId,
      clock: device.capabilities.clock,
      deviceClock: device.clock,
      timers,
      random: () => 1,
      push: (batch, signal) => {
        pushed.push(batch);
        return answer(batch, signal);
      },
    });
    stop = new AbortController();
  });
  afterEach(async () => {
    stop.abort();
    await running;
    await device.close();
  });

  const start = () => {
    running = uploader.run(stop.signal);
  };
  const record = async (count: number) => {
    const ids: OperationId[] = [];
    for (let index = 0; index < count; index++) {
      const recorded = await recordOperation(device.capabilities, checkOut(1, index % 2 === 0 ? gala : fair));
      if (!recorded.ok) throw new Error(recorded.error.problem);
      ids.push(recorded.value.operation.id);
    }
    return ids;
  };
  const statesOf = async () => {
    const rows = await device.replica.getAll<{ state: string }>('SELECT state FROM outbox ORDER BY sequence');
    return rows.map(({ state }) => state);
  };
  const pass = async (ms: number) => {
    device.clock.advance(ms);
    timers.advance(ms);
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  const idle = () =>
    until('it waits', () => timers.waiting().length > 0 && !uploader.status.current().isPushing);

  it('sends everything in order, and keeps the rows until their verdicts come down', async () => {
    const ids = await record(5);
    start();
    await idle();
    expect(pushed.flatMap(({ operations }) => operations.map(({ id }) => id))).toEqual(ids);
    expect(pushed[0]).toMatchObject({ deviceId: device.deviceId, queueLength: 0 });
    expect(await statesOf()).toEqual(Array(5).fill('answered'));
  });

  it('sends no more than 200 at once, and says how many wait behind them', async () => {
    await record(1);
    await device.replica.execute(
      `WITH RECURSIVE numbers (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < 450)
       INSERT INTO outbox (sequence, operation_id, kind, envelope, operation, recorded_at, recorded_by)
       SELECT n, 'operation ' || n, kind, envelope, operation, recorded_at, recorded_by FROM outbox, numbers`,
    );
    start();
    await idle();
    const [first] = await device.replica.getAll<{ at: string }>(
      'SELECT recorded_at AS at FROM outbox LIMIT 1',
    );
    expect(
      pushed.map(({ operations, queueLength, oldestWaitingAt }) => [
        operations.length,
        queueLength,
        oldestWaitingAt,
      ]),
    ).toEqual([
      [200, 250, first?.at],
      [200, 50, first?.at],
      [50, 0, null],
    ]);
    expect(pushed.map(({ lastSequence }) => lastSequence)).toEqual([1, 1, 1]);
  });

  it('repeats what was answered when its verdict does not come for a minute', async () => {
    await record(1);
    start();
    await idle();
    await pass(45_000);
    await idle();
    expect(pushed).toHaveLength(1);
    await pass(30_000);
    await until('it is sent again', () => pushed.length === 2);
  });

  it('waits longer and longer while nobody answers, and not at all once there is network', async () => {
    answer = fail('unreachable');
    await record(1);
    start();
    const waits: number[] = [];
    for (const expected of [1, 2, 3, 4, 5, 6, 7]) {
      await until(`call ${expected}`, () => pushed.length === expected);
      await idle();
      waits.push(timers.waiting()[0] ?? 0);
      uploader.notify(expected + 1);
      await pass(waits.at(-1) ?? 0);
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000]);
    expect(uploader.status.current().failure).toMatchObject({ tag: 'unreachable' });

    answer = applied;
    await idle();
    uploader.wake();
    await until('it is answered', async () => (await statesOf()).join() === 'answered');
    await until('the failure is over', () => uploader.status.current().failure === null);
  });

  it('gives a call of a few bytes up after ten seconds, even one that does not listen', async () => {
    answer = () => new Promise(() => undefined);
    await record(1);
    start();
    await until('the call is out', () => pushed.length === 1);
    await until('its time runs', () => timers.waiting().some((ms) => ms > 10_000 && ms < 10_100));
    answer = applied;
    await pass(10_100);
    await idle();
    expect(uploader.status.current().failure).toMatchObject({
      tag: 'unreachable',
      problem: 'no answer in time',
    });
    await pass(1_000);
    await until('it is answered', async () => (await statesOf()).join() === 'answered');
  });

  it('says when a sign-in is wanted, and goes on after it', async () => {
    answer = fail('unauthenticated');
    await record(2);
    start();
    await until('it asks', () => uploader.status.current().failure?.tag === 'unauthenticated');
    expect(await statesOf()).toEqual(['waiting', 'waiting']);
    answer = applied;
    await idle();
    uploader.wake();
    await until('all is answered', async () => (await statesOf()).join() === 'answered,answered');
  });

  it.each(['not_taken', 'server_failed'] as const)(
    'finds the one operation that is %s among many; it waits by itself and is kept',
    async (tag) => {
      const ids = await record(8);
      const poison = ids[5];
      answer = async (batch, signal) =>
        batch.operations.some(({ id }) => id === poison) ? fail(tag)(batch, signal) : applied(batch, signal);
      start();
      await until('the others are answered', async () => {
        await idle();
        await pass(timers.waiting()[0] ?? 0);
        const states = await statesOf();
        return states.filter((state) => state === 'answered').length === 7;
      });
      expect((await statesOf())[5]).toBe(tag === 'not_taken' ? 'not_taken' : 'waiting');
      answer = applied;
      await idle();
      await pass(3_600_001);
      await until('it goes in the end', async () => (await statesOf())[5] === 'answered');
    },
  );

  it('finds the two on which the server stumbles within minutes, and sends all others', async () => {
    const ids = await record(40);
    const harmful = [ids[3], ids[30]];
    answer = async (batch, signal) =>
      batch.operations.some(({ id }) => harmful.includes(id))
        ? fail('server_failed')(batch, signal)
        : applied(batch, signal);
    start();
    for (let seconds = 0; seconds < 240; seconds += 1) {
      await idle();
      await pass(1_000);
    }
    await idle();
    const waiting = (await statesOf()).filter((state) => state === 'waiting');
    expect(waiting).toHaveLength(harmful.length);
  });

  it('takes an answer that is missing for none', async () => {
    answer = async ({ operations: [first] }) =>
      ok(first === undefined ? [] : [{ id: first.id, verdict: 'applied', reason: null }]);
    await record(3);
    start();
    await until('all are answered', async () => (await statesOf()).join() === 'answered,answered,answered');
    expect(pushed.map(({ operations }) => operations.length)).toEqual([3, 2, 1]);
  });

  it('starts anew when told that it hangs', async () => {
    answer = () => new Promise(() => undefined);
    await record(1);
    start();
    await until('the call is out', () => pushed.length === 1);
    answer = applied;
    uploader.restart();
    await until('it is answered', async () => (await statesOf()).join() === 'answered');
  });
});
