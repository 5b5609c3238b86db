import { encodeOperation } from '@eventkit/proto/operation-codec.ts';
import type { DeviceId } from '@eventkit/shared/kernel/ids.ts';
import { testOperation } from '@eventkit/shared/test/test-operation.ts';
import { expect, test } from 'vitest';
import { createRandomSource } from '#simulation/random-source.ts';
import { createPoison } from './poison.ts';
import { createVirtualCompany } from './virtual-company.ts';
import { calm, noFaultsYet } from './virtual-faults.ts';
import { createVirtualServer } from './virtual-server.ts';
import { createVirtualTime } from './virtual-time.ts';
import type { World } from './world.ts';

const NOON = Date.UTC(2026, 10, 22, 12);

test('[UP2] what was under way when the server died is never committed', async () => {
  const time = createVirtualTime(NOON);
  const world: World = {
    time,
    random: createRandomSource('a crash'),
    faults: () => ({ ...calm, databaseSlow: 1 }),
    counts: noFaultsYet(),
    trace: () => undefined,
    violate: (rule, what) => expect.fail(`${rule} ${what}`),
  };
  const { tenant, tables } = createVirtualCompany('company', { devices: 12 }, () => undefined);
  const server = createVirtualServer(world, new Map([[tenant.tenantId, tables]]), createPoison(world));
  for (const id of tenant.deviceIds) tables.deviceIds.add(id);
  const answers = Promise.allSettled(tenant.deviceIds.map((deviceId) => push(deviceId)));
  await time.runUntil(NOON + 60_000, () => tables.operationsById.size > 0);
  server.crashSoon(false);
  await time.runUntil(NOON + 60_000, () => world.counts.serverCrashes > 0);
  const storedAtCrash = [...tables.operationsById.keys()];
  await time.runUntil(NOON + 60_000);
  const answered = (await answers).filter(({ status }) => status === 'fulfilled');
  expect(storedAtCrash.length).toBeLessThan(tenant.deviceIds.length);
  expect([...tables.operationsById.keys()]).toEqual(storedAtCrash);
  expect(answered.length).toBeLessThanOrEqual(storedAtCrash.length);

  function push(deviceId: DeviceId): Promise<unknown> {
    const sequence = tenant.deviceIds.indexOf(deviceId) + 1;
    const [recordedBy, locationId] = [tenant.userIds[0], tenant.locationIds[0]];
    if (recordedBy === undefined || locationId === undefined) throw new Error('the company is too small');
    const asset = { code: `A-${sequence % 6}`, assetId: null, observed: null };
    const operation = testOperation(sequence, {
      deviceId,
      sequence: 1,
      recordedBy,
      intent: { kind: 'move', asset, locationId },
    });
    const operations = [{ id: operation.id, envelope: encodeOperation(operation) }];
    return server.push({ deviceId, operations, recordedSequence: 1n } as never, tenant.caller);
  }
});
