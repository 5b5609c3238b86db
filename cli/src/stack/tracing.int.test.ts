import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTestBrowser } from '@eventkit/api/testing/create-test-browser.ts';
import { makeDataFolder } from '@eventkit/database/testing/make-data-folder.ts';
import { encodeOperation } from '@eventkit/proto/operation-codec.ts';
import {
  type AssetId,
  type DeviceId,
  type OperationId,
  type StorageLocationId,
  type UserId,
  uuidV7,
} from '@eventkit/shared/kernel/ids.ts';
import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import { OPERATION_SCHEMA_VERSION, type Operation } from '@eventkit/shared/operations/operation.ts';
import pg from 'pg';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { seedWhenEmpty } from '#commands/seed-when-empty.ts';
import { readConfig } from '#config.ts';
import { systemClock } from '#system-clock.ts';
import { startStack } from './start-stack.ts';

const DEVICE = '01a00000-0000-7000-8000-0000000000bb';

type Traced = { readonly name: string; readonly traceId: string };

test('a scan is traced from the device to the moment when others are given it', async () => {
  const spans: Traced[] = [];
  const collector = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { resourceSpans } = JSON.parse(body) as {
      resourceSpans: { scopeSpans: { spans: Traced[] }[] }[];
    };
    spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
    response.end('{}');
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const dataDir = makeDataFolder('tracing');
  const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
  const config = readConfig({ PORT: '0', OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }, { data: dataDir }, dataDir);
  if (!config.ok) throw new Error(config.error.join('\n'));
  const stack = await startStack(
    {
      clock: systemClock,
      log: pino({ level: 'silent' }),
      onStep: () => undefined,
      seed: (ownerUrl) => seedWhenEmpty(systemClock, ownerUrl, 200),
    },
    { ...config.value, clientFolder: dataDir },
  );

  const account = stack.accounts.find(({ role }) => role === 'warehouse');
  const browser = createTestBrowser(stack.url);
  await browser.submit(await browser.open('/auth/login'), { account: account?.id ?? '' });
  await browser.call('/eventkit.v1.AuthService/RegisterDevice', { deviceId: DEVICE, name: 'Traced phone' });
  const operation = moveOf(account?.id ?? '', await findAssetAndShelf(stack.ownerUrl));
  const pushed = await browser.call('/eventkit.v1.SyncService/Push', {
    deviceId: DEVICE,
    operations: [{ id: operation.id, envelope: Buffer.from(encodeOperation(operation)).toString('base64') }],
  });
  expect(await pushed.json()).toMatchObject({ results: [{ id: operation.id }] });

  const traceId = operation.id.replaceAll('-', '');
  await expect
    .poll(() => spans.filter((span) => span.traceId === traceId).map(({ name }) => name), { timeout: 15_000 })
    .toEqual(expect.arrayContaining(['recorded', 'stored', 'given to devices']));
  await stack.stop();
  await new Promise((resolve) => collector.close(resolve));
  await rm(dataDir, { recursive: true });
});

type Found = { readonly assetId: string; readonly code: string; readonly locationId: string };

async function findAssetAndShelf(ownerUrl: string): Promise<Found> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const { rows } = await client.query<Found>(
    `SELECT a.id AS "assetId", a.code, s.id AS "locationId"
     FROM assets a JOIN storage_locations s ON s.tenant_id = a.tenant_id
     WHERE NOT a.is_case AND a.place_kind = 'location' AND a.place_id <> s.id LIMIT 1`,
  );
  await client.end();
  if (rows[0] === undefined) throw new Error('the demo has no asset on a shelf');
  return rows[0];
}

function moveOf(userId: string, { assetId, code, locationId }: Found): Operation {
  const nowMs = Date.now();
  return {
    id: uuidV7(nowMs, randomBytes(10)) as OperationId,
    deviceId: DEVICE as DeviceId,
    epoch: '01a00000-0000-7000-8000-0000000000cc',
    sequence: 1,
    recordedAt: instantOfMs(nowMs),
    wallClockAt: instantOfMs(nowMs),
    clockOffsetMs: 0,
    recordedBy: userId as UserId,
    schemaVersion: OPERATION_SCHEMA_VERSION,
    intent: {
      kind: 'move',
      asset: { code, assetId: assetId as AssetId, observed: null },
      locationId: locationId as StorageLocationId,
    },
  };
}
