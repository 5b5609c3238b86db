import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

  it('says what is wrong with a query', async () => {
    const query = createLiveQuery(device.replica, 'SELECT code FROM nowhere', []);
    const stop = query.subscribe(() => undefined);
    await until('it has failed', () => query.current().status === 'failed');
    expect(query.current().error?.message).toContain('nowhere');
    stop();
  });
});
