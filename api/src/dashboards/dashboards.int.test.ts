import { createClient } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-node';
import { createPool } from '@eventkit/database/pool.ts';
import { withTenant } from '@eventkit/database/tenant-transaction.ts';
import { DashboardService, WidgetKind } from '@eventkit/proto/gen/eventkit/v1/dashboards_pb.ts';
import { MOST_LAYOUTS } from '@eventkit/shared/dashboards/widgets.ts';
import { type Instant, instantOfMs, microsOf } from '@eventkit/shared/kernel/instant.ts';
import fc from 'fast-check';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { answerOf } from '#testing/answer-of.ts';
import { startTestApi, type TestApi } from '#testing/start-test-api.ts';
import { type ChangedLayout, saveLayout } from './layout-store.ts';

let api: TestApi;
let owner: pg.Pool;
let app: pg.Pool;
beforeAll(async () => {
  api = await startTestApi();
  const pool = (role: 'owner' | 'eventkit_app') =>
    createPool({ url: api.ownerUrl, role, max: 2, applicationName: 'dashboards test' });
  owner = pool('owner');
  app = pool('eventkit_app');
});
afterAll(async () => {
  await Promise.all([owner.end(), app.end()]);
  await api.stop();
});
beforeEach(async () => {
  await owner.query('DELETE FROM dashboard_layouts');
});

const client = () =>
  createClient(DashboardService, createConnectTransport({ baseUrl: api.url, httpVersion: '1.1' }));
const as = async (user: { readonly id: string; readonly email: string }) => ({
  headers: { authorization: `Bearer ${await api.provider.accessToken(user)}` },
});
const micros = (second: number) => microsOf(instantOfMs(Date.UTC(2026, 10, 20) + second * 1000));
const wanted = (key: string, second: number, name = '') => ({
  key,
  name,
  widgets: [{ kind: WidgetKind.UPCOMING, days: 14, isWide: true }],
  changedAtMicros: micros(second),
});
const stored = async () => {
  const { rows } = await owner.query<{ id: string; name: string; is_gone: boolean }>(
    'SELECT id, name, deleted_at IS NOT NULL AS is_gone FROM dashboard_layouts ORDER BY id',
  );
  return rows;
};

describe('a layout', () => {
  test('is the caller’s own, whoever else has one of that key, in this company or another', async () => {
    const [north, south] = api.companies;
    const people = [north.users.planner, north.users.crew, south.users.planner];
    for (const person of people) await client().saveLayout(wanted('first', 1), await as(person));
    expect((await stored()).map(({ id }) => id)).toEqual(people.map(({ id }) => `${id}:first`).toSorted());
    const { rows } = await owner.query<{ widgets: string }>('SELECT DISTINCT widgets FROM dashboard_layouts');
    expect(rows).toEqual([{ widgets: '[{"kind":"upcoming","days":14,"isWide":true}]' }]);
  });

  test('stays as it was changed last, also when the earlier change comes afterwards', async () => {
    const call = await as(api.companies[0].users.planner);
    await client().saveLayout(wanted('first', 2, 'Later'), call);
    const answer = await client().saveLayout(wanted('first', 1, 'Earlier'), call);
    expect(answer.changedAtMicros).toBe(micros(2));
    expect(await stored()).toMatchObject([{ name: 'Later' }]);
  });

  test('that a clock far ahead has changed can be changed by others at once', async () => {
    const call = await as(api.companies[0].users.planner);
    const ahead = {
      ...wanted('first', 0, 'Ahead'),
      changedAtMicros: microsOf(instantOfMs(Date.now() + 1e9)),
    };
    const { changedAtMicros } = await client().saveLayout(ahead, call);
    expect(Number(changedAtMicros / 1000n)).toBeLessThanOrEqual(Date.now() + 1000);
    const now = { ...wanted('first', 0, 'Now'), changedAtMicros: changedAtMicros + 1n };
    await client().saveLayout(now, call);
    expect(await stored()).toMatchObject([{ name: 'Now' }]);
  });

  test('is refused where it is no layout, or one too many', async () => {
    const call = await as(api.companies[0].users.planner);
    const bad = [
      wanted('Not A Key', 1),
      wanted('first', 1, 'two\nlines'),
      { ...wanted('first', 1), changedAtMicros: 0n },
      { ...wanted('first', 1), widgets: [{ kind: WidgetKind.UPCOMING, days: 8 }] },
      { ...wanted('first', 1), widgets: [{ kind: 99 as WidgetKind, days: 7 }] },
    ];
    for (const one of bad)
      expect(await answerOf(client().saveLayout(one, call))).not.toHaveProperty('code', 'ok');
    for (let index = 0; index < MOST_LAYOUTS; index += 1)
      await client().saveLayout(wanted(`l${index}`, 1), call);
    expect((await answerOf(client().saveLayout(wanted('one-more', 1), call))).code).not.toBe('ok');
    await client().saveLayout({ ...wanted('l0', 2), isDeleted: true }, call);
    await client().saveLayout(wanted('one-more', 1), call);
    expect((await stored()).filter(({ is_gone }) => !is_gone)).toHaveLength(MOST_LAYOUTS);
  });

  test('comes to the same in whatever order changes of it arrive, and however often', async () => {
    const { tenantId, users } = api.companies[0];
    const scope = { tenantId, userId: users.planner.id, deviceId: null, operationId: null, requestId: null };
    const change = fc.record({
      name: fc.constantFrom('a', 'b'),
      widgets: fc.constantFrom('[]', '[1]'),
      changedAt: fc.constantFrom(1, 2, 3).map((day) => `2026-11-0${day}T00:00:00.000000Z` as Instant),
      isDeleted: fc.boolean(),
    });
    let round = 0;
    const comesTo = async (changes: readonly Omit<ChangedLayout, 'key' | 'userId'>[]) => {
      round += 1;
      const key = `round-${round}`;
      await withTenant(app, scope, async (tx) => {
        for (const one of changes) await saveLayout(tx, { ...one, key, userId: users.planner.id });
      });
      const { rows } = await owner.query(
        `SELECT name, widgets, changed_at, deleted_at FROM dashboard_layouts WHERE id LIKE '%:' || $1`,
        [key],
      );
      return rows;
    };
    const twoOrders = fc
      .array(change, { minLength: 1, maxLength: 5 })
      .chain((changes) =>
        fc.tuple(
          fc.constant(changes),
          fc.shuffledSubarray([...changes, ...changes], { minLength: changes.length * 2 }),
        ),
      );
    await fc.assert(
      fc.asyncProperty(twoOrders, async ([one, other]) => {
        expect(await comesTo(other)).toEqual(await comesTo(one));
      }),
      { numRuns: 40 },
    );
  });
});
