import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { recordOperation } from '#platform/operations/record-operation.ts';
import { download, openTestDevice, type TestDevice } from '#platform/testing/test-device.ts';
import { checkOut, gala, newStock } from '#platform/testing/test-stock.ts';
import { until } from '#platform/testing/until.ts';
import { createLiveQuery } from './live-query.ts';

describe('a live query', () => {
  let device: TestDevice;
  beforeEach(async () => {
    device = await openTestDevice();
    await download(device.replica, newStock({ assetCount: 3 }));
  });
  afterEach(() => device.close());

  const atGala = () =>
    createLiveQuery<{ code: string }>(
      device.replica,
      'SELECT code FROM assets_now WHERE place_id = ? ORDER BY code',
      [gala],
    );

  it('follows guesses as well as rows that come down, through a view', async () => {
    const query = atGala();
    const stop = query.subscribe(() => undefined);
    await until('it is ready', () => query.current().status === 'ready');
    expect(query.current().rows).toEqual([]);
    await recordOperation(device.capabilities, checkOut(2, gala));
    await until('the guess shows', () => query.current().rows.length === 1);
    await device.replica.execute("UPDATE assets SET place_id = ? WHERE code = 'A-0001'", [gala]);
    await until('the row shows', () => query.current().rows.length === 2);
    stop();
  });

  it('keeps the very same rows while their content stays, and rests when nobody listens', async () => {
    const query = atGala();
    let newsCount = 0;
    const stop = query.subscribe(() => {
      newsCount++;
    });
    await until('it is ready', () => query.current().status === 'ready');
    const { rows } = query.current();
    await device.replica.execute("UPDATE assets SET serial = 'S' WHERE code = 'A-0001'");
    await recordOperation(device.capabilities, checkOut(3, gala));
    await until('the guess shows', () => query.current().rows.length === 1);
    expect(newsCount).toBe(2);
    expect(query.current().rows).not.toBe(rows);
    stop();
    await recordOperation(device.capabilities, checkOut(2, gala));
    expect(query.current().rows).toHaveLength(1);
  });

  it('misses nothing that is written while it still looks up which tables it reads', async () => {
    const lookedUp = Promise.withResolvers<void>();
    const resolveTables = device.replica.resolveTables.bind(device.replica);
    vi.spyOn(device.replica, 'resolveTables').mockImplementation(async (...asked) => {
      await lookedUp.promise;
      return resolveTables(...asked);
    });
    const query = atGala();
    const stop = query.subscribe(() => undefined);
    await until('the rows are here before the tables', () => query.current().status === 'ready');
    await device.replica.execute("UPDATE assets SET place_id = ? WHERE code = 'A-0001'", [gala]);
    lookedUp.resolve();
    await until('the row shows', () => query.current().rows.length === 1);
    stop();
  });

  it('looks up once what a text reads, and still follows', async () => {
    const lookUp = vi.spyOn(device.replica, 'resolveTables');
    const before = atGala();
    const stopBefore = before.subscribe(() => undefined);
    await until('it is ready', () => before.current().status === 'ready');
    await until('it is looked up', async () => (await lookUp.mock.results[0]?.value) !== undefined);
    stopBefore();
    lookUp.mockClear();
    const again = atGala();
    const stop = again.subscribe(() => undefined);
    await until('it is ready', () => again.current().status === 'ready');
    await device.replica.execute("UPDATE assets SET place_id = ? WHERE code = 'A-0001'", [gala]);
    await until('the row shows', () => again.current().rows.length === 1);
    expect(lookUp).not.toHaveBeenCalled();
    stop();
  });

  it('says what is wrong with a query', async () => {
    const query = createLiveQuery(device.replica, 'SELECT code FROM nowhere', []);
    const stop = query.subscribe(() => undefined);
    await until('it has failed', () => query.current().status === 'failed');
    expect(query.current().error?.message).toContain('nowhere');
    stop();
  });
});
