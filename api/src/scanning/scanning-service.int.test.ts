import { createClient } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-node';
import { ScanningService } from '@eventkit/proto/gen/eventkit/v1/scanning_pb.ts';
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
  return createClient(ScanningService, createConnectTransport({ baseUrl: api.url, httpVersion: '1.1' }));
}

async function refusalOf(call: Promise<unknown>) {
  const { code, message, detail } = await answerOf(call);
  return { code, message, detail: detail?.reason };
}

/** Those who may; what the others are told is in `rights.int.test.ts`. */
const readers = builtInRoles.filter((role) =>
  permissionsOf({ role, customPermissions: null }).includes('scanning:read'),
);

describe.each(readers)('%s', (role) => {
  let mine: { headers: Record<string, string> };
  beforeAll(async () => {
    mine = {
      headers: { authorization: `Bearer ${await api.provider.accessToken(api.companies[0].users[role])}` },
    };
  });

  test('reads the history of an asset by pages, newest first, each movement once', async () => {
    const { assets, movementIds, deviceId, users } = api.companies[0];
    const seen: string[] = [];
    let pageToken = '';
    do {
      const page = await client().listMovements(
        { assetId: assets[0]?.id ?? '', pageSize: 2, pageToken },
        mine,
      );
      expect(page.movements.every((movement) => movement.deviceId === deviceId)).toBe(true);
      seen.push(...page.movements.map(({ id }) => id));
      expect(page.movements[0]).toMatchObject({
        kind: 'move',
        recordedBy: users.warehouse.id,
        recordedByName: 'warehouse of north',
        deviceName: 'Dock 2',
      });
      pageToken = page.nextPageToken;
    } while (pageToken !== '');
    expect(seen).toEqual(movementIds);
  });

  test('keeps microseconds', async () => {
    const { assets } = api.companies[0];
    const { movements } = await client().listMovements({ assetId: assets[0]?.id ?? '' }, mine);
    expect(movements.at(-1)?.effectiveAtMicros).toBe(BigInt(Date.parse('2026-11-22T10:00:00Z')) * 1000n + 1n);
  });

  test('an asset without history has an empty one', async () => {
    const { movements } = await client().listMovements(
      { assetId: api.companies[0].assets[1]?.id ?? '' },
      mine,
    );
    expect(movements).toEqual([]);
  });

  test('lists the open conflicts of the own company, with both facts', async () => {
    const { conflicts, nextPageToken } = await client().listOpenConflicts({}, mine);
    const { conflictId, assets, movementIds } = api.companies[0];
    expect(nextPageToken).toBe('');
    expect(conflicts).toMatchObject([
      { id: conflictId, class: 'two_cases', assetId: assets[0]?.id, code: 'A-0000' },
    ]);
    expect(conflicts[0]?.first?.id).toBe(movementIds[1]);
    expect(conflicts[0]?.second?.id).toBe(movementIds[0]);
  });

  test("another company's asset answers exactly what an absent one does", async () => {
    const foreign = await refusalOf(
      client().listMovements({ assetId: api.companies[1].assets[0]?.id ?? '' }, mine),
    );
    const absent = await refusalOf(
      client().listMovements({ assetId: '01a00000-0000-7000-8000-000000000000' }, mine),
    );
    expect(foreign).toEqual(absent);
    expect(foreign).toMatchObject({ code: 'NotFound', detail: 'not_found' });
  });
});

test('nobody reads without a token', async () => {
  const assetId = api.companies[0].assets[0]?.id ?? '';
  expect((await refusalOf(client().listMovements({ assetId }))).code).toBe('Unauthenticated');
  expect((await refusalOf(client().listOpenConflicts({}))).code).toBe('Unauthenticated');
});

test('an asset id that is none is refused by name', async () => {
  const token = await api.provider.accessToken(api.companies[0].users.admin);
  const call = client().listMovements(
    { assetId: 'A-0001' },
    { headers: { authorization: `Bearer ${token}` } },
  );
  expect((await refusalOf(call)).code).toBe('InvalidArgument');
});
