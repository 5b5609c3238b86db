import { createClient } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-node';
import { InventoryService, Tracking } from '@eventkit/proto/gen/eventkit/v1/inventory_pb.ts';
import { AssetStatus } from '@eventkit/proto/gen/eventkit/v1/operation_pb.ts';
import { builtInRoles, permissionsOf } from '@eventkit/shared/permissions/roles.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerOf } from '#testing/answer-of.ts';
import { startTestApi, type TestApi } from '#testing/start-test-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

function client() {
  return createClient(InventoryService, createConnectTransport({ baseUrl: api.url, httpVersion: '1.1' }));
}

/** Those who may; what the others are told is in `rights.int.test.ts`. */
const readers = builtInRoles.filter((role) =>
  permissionsOf({ role, customPermissions: null }).includes('inventory:read'),
);

describe.each(readers)('%s', (role) => {
  let mine: { headers: Record<string, string> };
  beforeAll(async () => {
    mine = {
      headers: { authorization: `Bearer ${await api.provider.accessToken(api.companies[0].users[role])}` },
    };
  });

  test('walks all products by pages, by name then id, each once', async () => {
    const seen: { name: string; id: string }[] = [];
    let pageToken = '';
    let pages = 0;
    do {
      const page = await client().listProducts({ pageSize: 3, pageToken }, mine);
      seen.push(...page.products);
      pageToken = page.nextPageToken;
      pages += 1;
    } while (pageToken !== '');
    expect(pages).toBe(3);
    const expected = seen.toSorted((a, b) => (`${a.name} ${a.id}` < `${b.name} ${b.id}` ? -1 : 1));
    expect(seen.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    expect(seen.map(({ id }) => id).toSorted()).toEqual(api.companies[0].productIds.toSorted());
  });

  test('walks all assets by code; of one product where asked', async () => {
    const all = await client().listAssets({ pageSize: 500 }, mine);
    expect(all.assets.map(({ code }) => code)).toEqual(api.companies[0].assets.map(({ code }) => code));
    expect(all.nextPageToken).toBe('');
    const productId = api.companies[0].productIds[0] ?? '';
    const some = await client().listAssets({ productId }, mine);
    expect(some.assets).toHaveLength(6);
    expect(some.assets.every((asset) => asset.productId === productId)).toBe(true);
  });

  test.each(['A-0003', 'QR-A-0003'])(
    'finds the asset behind %s, which the other company has too',
    async (label) => {
      const { asset, product } = await client().getAsset({ label }, mine);
      expect(asset).toMatchObject({
        id: api.companies[0].assets[3]?.id,
        status: AssetStatus.IN_SERVICE,
        isCase: false,
      });
      expect(asset?.place?.place.case).toBe('locationId');
      expect(asset?.serial).toBeUndefined();
      expect(product).toMatchObject({ tracking: Tracking.SERIALISED, weightGrams: 21_500n });
      expect(product?.powerWatts).toBeUndefined();
    },
  );

  test("another company's product lists nothing", async () => {
    const page = await client().listAssets({ productId: api.companies[1].productIds[0] ?? '' }, mine);
    expect(page.assets).toEqual([]);
  });
});

describe('refused', () => {
  let mine: { headers: Record<string, string> };
  beforeAll(async () => {
    mine = {
      headers: { authorization: `Bearer ${await api.provider.accessToken(api.companies[0].users.admin)}` },
    };
  });
  const codeOf = async (call: Promise<unknown>) => (await answerOf(call)).code;

  test('without a token', async () => {
    expect(await codeOf(client().listProducts({}))).toBe('Unauthenticated');
    expect(await codeOf(client().listAssets({}))).toBe('Unauthenticated');
    expect(await codeOf(client().getAsset({ label: 'A-0003' }))).toBe('Unauthenticated');
  });

  test('a label that no database can hold', async () => {
    expect(await codeOf(client().getAsset({ label: 'x\0y' }, mine))).toBe('InvalidArgument');
  });

  test.each(['A-9999', 'a-0003', "' OR 1=1 --", '\u{1F600}', '%'])('the unknown label %j', async (label) => {
    expect(await codeOf(client().getAsset({ label }, mine))).toBe('NotFound');
  });

  test('an empty label, and one of 10 kB', async () => {
    expect(await codeOf(client().getAsset({ label: '' }, mine))).toBe('InvalidArgument');
    expect(await codeOf(client().getAsset({ label: 'x'.repeat(10_240) }, mine))).toBe('InvalidArgument');
  });

  test('a page of more than 500', async () => {
    expect(await codeOf(client().listProducts({ pageSize: 501 }, mine))).toBe('InvalidArgument');
  });

  test("a page token of another list, of another filter, or with another's text", async () => {
    const { nextPageToken } = await client().listProducts({ pageSize: 1 }, mine);
    expect(await codeOf(client().listAssets({ pageToken: nextPageToken }, mine))).toBe('InvalidArgument');
    const productId = api.companies[0].productIds[0] ?? '';
    const ofProduct = await client().listAssets({ pageSize: 1, productId }, mine);
    expect(await codeOf(client().listAssets({ pageToken: ofProduct.nextPageToken }, mine))).toBe(
      'InvalidArgument',
    );
    expect(await codeOf(client().listProducts({ pageToken: '[]' }, mine))).toBe('InvalidArgument');
  });
});
