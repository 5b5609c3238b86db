import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { DeviceId } from '@eventkit/shared/kernel/ids.ts';
import {
  createUploadTenant,
  type UploadTenant,
  uuidOf,
} from '@eventkit/sync-server/upload/testing/upload-tenant.ts';
import type { Pool } from 'pg';
import { type CheckedCounts, checkServer, differenceOf, readServerRows } from './check-invariants.ts';
import { drawFaultPlan } from './fault-plan.ts';
import { type FaultCounts, noFaultsYet } from './faulty-network.ts';
import { createRandomSource, type RandomSource } from './random-source.ts';
import { openSimulatedDevice, type SimulatedDevice } from './simulated-device.ts';
import type { SimulatedServer } from './simulated-server.ts';

/** One database and one server for many runs; each run brings a company of its own. */
export type World = { readonly ownerPool: Pool; readonly server: SimulatedServer };

export type Scale = { readonly devices: number; readonly actsPerDevice: number };

/** Between two acts of one device, at most. */
const PAUSE_MS = 80;

/** What a run did: a run that did nothing proves nothing. */
export type RunReport = FaultCounts &
  CheckedCounts & {
    partitions: number;
    kills: number;
    serverRestarts: number;
    databaseCuts: number;
    /** From the end of all faults until every device showed what the server has. */
    healedAfterMs: number;
  };

/** I7: how long after the last fault a queue may still hold something. */
const HEAL_WITHIN_MS = 30_000;

/**
 * A shift of many devices in bad weather, then a calm; throws where an invariant does not hold in the end. The seed
 * decides the work and the faults; how threads and packets interleave stays the machine's.
 */
export async function runSimulation(world: World, seed: string, scale: Scale): Promise<RunReport> {
  const random = createRandomSource(seed);
  const plan = drawFaultPlan(random.fork('plan'));
  const counts = noFaultsYet();
  const report = { partitions: 0, kills: 0, serverRestarts: 0, databaseCuts: 0 };
  const shiftMs = (scale.actsPerDevice * PAUSE_MS) / 2;
  const problems: string[] = [];
  const tenant = await createUploadTenant(
    world.ownerPool,
    `simulation ${seed} ${process.pid} ${Date.now()}`,
    {
      users: scale.devices,
      devices: 0,
      assets: 10,
      cases: 4,
    },
  );
  const folder = await mkdtemp(join(tmpdir(), 'eventkit-simulation-'));
  const devices = await Promise.all(
    tenant.userIds.map((userId, index) =>
      openSimulatedDevice({
        serverUrl: world.server.url,
        tenant,
        deviceId: uuidOf(`${tenant.tenantId} device ${index}`) as DeviceId,
        userId,
        folder,
        plan,
        random: random.fork(`device ${index}`),
        counts,
        onProblem: (what) => problems.push(what),
      }),
    ),
  );
  try {
    await Promise.all([
      ...devices.map((device, index) => workShift(device, random.fork(`shift ${index}`))),
      troubleServer(random.fork('server')),
    ]);
    for (const device of devices) device.heal();
    const healedAt = performance.now();
    await untilInStep(world.ownerPool, tenant, devices);
    const healedAfterMs = performance.now() - healedAt;
    const checked = await checkServer(world.ownerPool, tenant, devices);
    if (problems.length > 0) throw new Error(`devices met what should never happen: ${problems.join('; ')}`);
    return { ...counts, ...report, ...checked, healedAfterMs };
  } finally {
    await Promise.all(devices.map((device) => device.close()));
    await rm(folder, { recursive: true, force: true });
  }

  async function workShift(device: SimulatedDevice, chance: RandomSource): Promise<void> {
    let onlineAgainAt: number | null = null;
    for (let count = 0; count < scale.actsPerDevice; count += 1) {
      const pauseMs = chance.between(5, PAUSE_MS);
      await wait(pauseMs);
      const perPause = (perSecond: number) => chance.chance((perSecond * pauseMs) / 1000);
      if (onlineAgainAt !== null && performance.now() >= onlineAgainAt) {
        device.setOnline(true);
        onlineAgainAt = null;
      }
      if (onlineAgainAt === null && perPause(plan.partition)) {
        report.partitions += 1;
        device.setOnline(false);
        onlineAgainAt = performance.now() + chance.between(50, shiftMs);
      }
      if (perPause(plan.kill)) {
        report.kills += 1;
        // Whatever it was just doing is cut off; it was not confirmed then, and may or may not be there.
        const unfinished = device.act().catch(() => undefined);
        await device.kill();
        await unfinished;
        onlineAgainAt = null;
      }
      await device.act();
    }
  }

  async function troubleServer(chance: RandomSource): Promise<void> {
    for (let moment = 0; moment < 2; moment += 1) {
      await wait(chance.between(0, shiftMs / 2));
      if (chance.chance(plan.databaseCut)) {
        report.databaseCuts += 1;
        await cutDatabaseConnections(world.ownerPool);
      }
      if (chance.chance(plan.serverRestart)) {
        report.serverRestarts += 1;
        await world.server.restart();
      }
    }
  }
}

/** Waits until every device shows what the server has and has nothing left to send (I3, I7). */
async function untilInStep(
  ownerPool: Pool,
  tenant: UploadTenant,
  devices: readonly SimulatedDevice[],
): Promise<void> {
  const givenUpAt = performance.now() + HEAL_WITHIN_MS;
  let behind: string[] = [];
  while (performance.now() < givenUpAt) {
    const server = await readServerRows(ownerPool, tenant);
    behind = [];
    for (const one of devices) {
      const difference = await differenceOf(one, server);
      if (difference !== null) behind.push(`${one.deviceId}: ${difference}`);
    }
    if (behind.length === 0) return;
    await wait(50);
  }
  throw new Error(`${HEAL_WITHIN_MS} ms after the last fault still not in step: ${behind.join(', ')}`);
}

/** As when the database fails over: every connection of the server breaks, whatever it is doing. */
async function cutDatabaseConnections(ownerPool: Pool): Promise<void> {
  await ownerPool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name <> 'simulation'`,
  );
}
