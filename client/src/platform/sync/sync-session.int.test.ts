import { err } from '@eventkit/shared/kernel/result.ts';
import { noEffects } from '@eventkit/shared/operations/working-set.ts';
import { rowOfAsset } from '@eventkit/shared/schema/ledger-rows.ts';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { FindDeciding } from '#platform/operations/deciding.ts';
import { recordOperation } from '#platform/operations/record-operation.ts';
import { createServerDouble, type ServerDouble } from '#platform/testing/server-double.ts';
import { openTestDevice, type TestDevice } from '#platform/testing/test-device.ts';
import {
  assetIdOf,
  checkOut,
  dock,
  fair,
  gala,
  newAsset,
  newStock,
  shelf,
} from '#platform/testing/test-stock.ts';
import { isSettled, startTestSync, type TestSync, watchAnswers } from '#platform/testing/test-sync.ts';
import { until } from '#platform/testing/until.ts';

const PLACE = 'SELECT place_id AS answer FROM assets_now WHERE id = ?';

describe('a guess gives way to the server’s rows when they are here, and not before', () => {
  let server: ServerDouble;
  let device: TestDevice;
  let sync: TestSync;
  beforeEach(async () => {
    server = createServerDouble(newStock({ assetCount: 5, caseCount: 2 }));
    device = await openTestDevice(1, (url, init) => server.fetch(url, init));
    sync = await startTestSync(device, server);
    await device.replica.waitForFirstSync();
  });
  afterEach(async () => {
    expect(sync.problems).toEqual([]);
    await sync.stop();
    await device.close();
  });

  const record = async (...args: Parameters<typeof checkOut>) => {
    const recorded = await recordOperation(sync.capabilities, checkOut(...args));
    if (!recorded.ok) throw new Error(recorded.error.problem);
    return recorded.value;
  };
  /** Records while the server is held up, so that the guess is certainly looked at. */
  const recordAndSee = async (
    places: ReturnType<typeof watchAnswers>,
    ...args: Parameters<typeof checkOut>
  ) => {
    await until('the row is seen as it was', () => places.last() === shelf);
    const release = server.holdPushes();
    const recorded = await record(...args);
    await until('the guess is seen', () => places.last() === args[1]);
    release();
    return recorded;
  };
  const settled = () => until('everything is settled', () => isSettled(device.replica));
  const placesOf = (number: number) => watchAnswers(device.replica, PLACE, [assetIdOf(number)]);

  it('applied as guessed: nobody sees a flicker', async () => {
    const places = placesOf(1);
    await recordAndSee(places, 1, gala);
    await settled();
    expect(await places.stop()).toEqual([shelf, gala]);
    const [own] = await device.replica.getAll('SELECT state, verdict, reason FROM own_operations');
    expect(own).toEqual({ state: 'settled', verdict: 'applied', reason: null });
  });

  it('changed by the server: from the guess straight to what stands', async () => {
    server.ruleOtherwise((_, ruling) => ({
      ...ruling,
      verdict: 'superseded',
      reason: 'newer_fact_stands',
      effects: {
        ...ruling.effects,
        assets: ruling.effects.assets.map((asset) => ({
          ...asset,
          state: { ...asset.state, place: { kind: 'location', id: dock } },
        })),
      },
    }));
    const places = placesOf(1);
    await recordAndSee(places, 1, gala);
    await settled();
    expect(await places.stop()).toEqual([shelf, gala, dock]);
  });

  it('refused: the row is as it was, and what was meant can still be read', async () => {
    server.ruleOtherwise(() => ({ verdict: 'refused', reason: 'no_permission', effects: noEffects }));
    const places = placesOf(1);
    const { operation } = await recordAndSee(places, 1, gala);
    await settled();
    expect(await places.stop()).toEqual([shelf, gala, shelf]);
    const own = await device.replica.get<{ intent: string }>('SELECT * FROM own_operations');
    expect(own).toMatchObject({ state: 'settled', verdict: 'refused', reason: 'no_permission' });
    expect(JSON.parse(own.intent)).toEqual(operation.intent);
    await until('the refusal is counted', () => sync.state.current().refusedCount === 1);
  });

  it('nothing changed: the verdict alone clears the guess', async () => {
    server.ruleOtherwise(() => ({ verdict: 'superseded', reason: 'already_there', effects: noEffects }));
    await record(1, gala);
    await settled();
    expect(await device.replica.getAll('SELECT 1 FROM movements_now')).toEqual([]);
  });

  it('a guess stays while the server is silent, through a lost answer, and takes effect once', async () => {
    server.setLosesAnswers(true);
    const { operation } = await record(1, gala);
    await until('the server has it', () => server.pushedIds.includes(operation.id));
    const places = placesOf(1);
    server.setLosesAnswers(false);
    await settled();
    expect(await places.stop()).toEqual([gala]);
    const movements = await device.replica.getAll('SELECT id FROM movements_now');
    expect(movements).toEqual([{ id: `${operation.id}:0` }]);
  });

  it('killed between upload and verdict: the new start finds the guess, repeats, and settles', async () => {
    server.setLosesAnswers(true);
    server.endStreams();
    const { operation } = await record(1, gala);
    await until('the server has it', () => server.pushedIds.includes(operation.id));
    await sync.stop();
    device = await device.reopen();
    server.setLosesAnswers(false);
    sync = await startTestSync(device, server);
    await settled();
    const { answer } = await device.replica.get<{ answer: string }>(PLACE, [assetIdOf(1)]);
    expect(answer).toBe(gala);
  });

  it('restarted with a queue: all of it is shown offline, and goes up in order', async () => {
    sync.setOnline(false);
    const recorded = [await record(1, gala), await record(2, gala), await record(1, fair)];
    await sync.stop();
    device = await device.reopen();
    sync = await startTestSync(device, server);
    sync.setOnline(false);
    const { answer } = await device.replica.get<{ answer: string }>(PLACE, [assetIdOf(1)]);
    expect(answer).toBe(fair);

    sync.setOnline(true);
    await settled();
    expect([...new Set(server.pushedIds)]).toEqual(recorded.map(({ operation }) => operation.id));
  });

  it('rows that never come to exist are gone with the refusal', async () => {
    server.ruleOtherwise(() => ({ verdict: 'refused', reason: 'no_permission', effects: noEffects }));
    const scan = { code: 'NOBODY-KNOWS', assetId: null, observed: null };
    const recorded = await recordOperation(sync.capabilities, { ...checkOut(1, gala), asset: scan });
    expect(recorded).toMatchObject({ ok: true, value: { decision: { reason: 'unknown_code' } } });
    await settled();
    expect(await device.replica.getAll('SELECT * FROM conflicts_now')).toEqual([]);
  });

  it('another user’s change is visible within a second, whatever is pending', async () => {
    const release = server.holdPushes();
    for (const number of [1, 2]) await record(number, gala);
    const renamed = performance.now();
    server.commit([{ table: 'events', rows: [{ id: fair, name: 'Fair, hall 2' }] }]);
    await until('the new name is here', async () => {
      const { name } = await device.replica.get<{ name: string }>('SELECT name FROM events WHERE id = ?', [
        fair,
      ]);
      return name === 'Fair, hall 2';
    });
    expect(performance.now() - renamed).toBeLessThan(1_000);
    expect(sync.state.current()).toMatchObject({ mode: 'sending', waitingCount: 2 });
    release();
    await settled();
  });

  it('the bar says that it waits the moment that it is recorded, and all sent only when it is', async () => {
    let recordedCount = 0;
    const unsentWhenAllSent: number[] = [];
    sync.state.subscribe(({ mode }) => {
      if (mode === 'all_sent') unsentWhenAllSent.push(recordedCount - new Set(server.pushedIds).size);
    });
    for (const number of [1, 2, 3, 4, 5]) {
      const before = sync.state.current().waitingCount;
      await record(number, gala);
      recordedCount++;
      expect(sync.state.current().mode).toBe('sending');
      expect(sync.state.current().waitingCount).toBeGreaterThan(0);
      if (number === 1) expect(before).toBe(0);
      if (number % 2 === 1) await until('all is sent', () => sync.state.current().mode === 'all_sent');
    }
    expect(new Set(unsentWhenAllSent)).toEqual(new Set([0]));
  });

  it('what another tab recorded is counted and sent too', async () => {
    const release = server.holdPushes();
    const recorded = await recordOperation(device.capabilities, checkOut(1, gala));
    expect(recorded.ok).toBe(true);
    await until('it is seen to wait', () => sync.state.current().waitingCount === 1);
    release();
    await settled();
    expect(server.pushedIds).toHaveLength(1);
  });

  it('kept unread: it stays, is counted by itself, and holds nobody up', async () => {
    server.ruleOtherwise((operation, ruling) => (operation.sequence === 1 ? 'kept_unread' : ruling));
    await record(1, gala);
    await record(2, gala);
    await until('the other is settled', async () => {
      const states = await device.replica.getAll<{ state: string }>(
        'SELECT state FROM own_operations ORDER BY sequence',
      );
      return states.map(({ state }) => state).join() === 'kept_unread,settled';
    });
    await until('the bar says so', () => {
      const { mode, waitingCount, keptUnreadCount } = sync.state.current();
      return mode === 'all_sent' && waitingCount === 0 && keptUnreadCount === 1;
    });
  });
});

it('a guess that could not be decided again is tried again, though nothing else changes', async () => {
  const server = createServerDouble(newStock({ assetCount: 2 }));
  const device = await openTestDevice(1, (url, init) => server.fetch(url, init));
  let failureCount = 0;
  const findDeciding: FindDeciding = async (kinds) => {
    if (failureCount > 0) return device.capabilities.findDeciding(kinds);
    failureCount += 1;
    throw new Error('this part of the app could not be fetched');
  };
  const sync = await startTestSync(
    { ...device, capabilities: { ...device.capabilities, findDeciding } },
    { ...server, push: async () => err({ tag: 'unreachable', problem: 'the cable is out' }) },
  );
  onTestFinished(async () => {
    await sync.stop();
    await device.close();
  });
  await device.replica.waitForFirstSync();
  await recordOperation(device.capabilities, checkOut(1, gala));
  const codes = watchAnswers(device.replica, 'SELECT code AS answer FROM assets_now WHERE id = ?', [
    assetIdOf(1),
  ]);
  await until('the guess is seen', () => codes.last() === 'A-0001');
  server.commit([{ table: 'assets', rows: [rowOfAsset(newAsset(assetIdOf(1), 'NEW-1'))] }]);
  await until('the guess lies on the new row', () => codes.last() === 'NEW-1');
  await codes.stop();
  expect(sync.problems).toEqual(['decide again: Error: this part of the app could not be fetched']);
});
