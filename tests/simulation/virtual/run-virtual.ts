import type { DeviceId } from '@eventkit/shared/kernel/ids.ts';
import { uuidOf } from '@eventkit/sync-server/upload/testing/upload-tenant.ts';
import { createRandomSource, type RandomSource } from '#simulation/random-source.ts';
import { sizeOfAreas } from '#simulation/work-area.ts';
import { checkDevices, countOpen, hasToldLosses, isInStep } from './check-devices.ts';
import { checkAnswer, checkServer } from './check-server.ts';
import type { TenantTables } from './memory-database.ts';
import { conflictsOf } from './memory-rows.ts';
import { createPoison } from './poison.ts';
import { ACTS_PER_AREA, createShift } from './shift.ts';
import { createTrace } from './trace.ts';
import { createVirtualCompany, type VirtualCompany } from './virtual-company.ts';
import { createVirtualDevice, type VirtualDevice } from './virtual-device.ts';
import { openDisks } from './virtual-disks.ts';
import {
  calm,
  drawVirtualFaults,
  type FaultCounts,
  noFaultsYet,
  type VirtualFaults,
} from './virtual-faults.ts';
import { createVirtualServer } from './virtual-server.ts';
import { createVirtualTime } from './virtual-time.ts';
import { startWeather, type Worker } from './weather.ts';
import type { World } from './world.ts';

/** What one run did, and what was wrong in it. */
export type VirtualReport = {
  readonly seed: string;
  readonly operations: number;
  readonly conflicts: number;
  readonly faults: Partial<FaultCounts>;
  readonly virtualMs: number;
  readonly events: number;
  /** From the end of all faults until nothing waited to be sent any more. */
  readonly drainedAfterMs: number;
  readonly violations: readonly string[];
  /** Of everything that happened, in its order. */
  readonly traceHash: string;
};

const START_MS = Date.UTC(2026, 10, 22, 6);
/** However long they sleep meanwhile, people and devices have done all their work by then, or something hangs. */
const LATEST_MS = START_MS + 60 * 86_400_000;
const MOST_EVENTS_PER_ACT = 1_000;
/** I7: how long queues may need after the last fault where devices are told that they have network again. */
const DRAINED_WITHIN_MS = 30_000;
/** And where they have to find out, or have set something aside for a minute. */
const FOUND_OUT_WITHIN_MS = 150_000;
/** I12: and where operations that the server cannot digest have to be told from the others. */
const ISOLATED_WITHIN_MS = 600_000;
/** A device that does not know that its stream is cut finds out when it has got no token for ten minutes. */
const IN_STEP_WITHIN_MS = 660_000;
/** What the server would not have is sent again after an hour. */
const KEPT_AGAIN_AFTER_MS = 3_700_000;

/** One company at work, another beside it, in a weather that follows from the seed; then a calm, and what must hold. */
export async function runVirtual(seed: string): Promise<VirtualReport> {
  const random = createRandomSource(seed);
  const scale = drawScale(seed, random.fork('scale'));
  const time = createVirtualTime(START_MS);
  const trace = createTrace(time);
  const violations: string[] = [];
  let faults: VirtualFaults = drawVirtualFaults(random.fork('plan'));
  const world: World = {
    time,
    random,
    faults: () => faults,
    counts: noFaultsYet(),
    trace: trace.note,
    violate: (rule, what) => void violations.push(`${rule}: ${what}`),
  };
  const poison = createPoison(world);
  const follow = (tenantId: string, tables: TenantTables) => server?.follow(tenantId, tables);
  let server: ReturnType<typeof createVirtualServer> | null = null;
  const company = createVirtualCompany(
    'company',
    {
      users: scale.devices,
      devices: 0,
      ...sizeOfAreas(Math.ceil(scale.actsPerDevice / ACTS_PER_AREA)),
    },
    follow,
  );
  const other = createVirtualCompany('other company', { users: 1, assets: 3, cases: 2, devices: 0 }, follow);
  const companies = [company, other];
  server = createVirtualServer(
    world,
    new Map(companies.map(({ tenant, tables }) => [tenant.tenantId, tables])),
    poison,
  );
  for (const { tenant, tables } of companies) server.follow(tenant.tenantId, tables);

  const disks = await openDisks(scale.devices + 1);
  const hire = (
    { tenant, tables }: VirtualCompany,
    foreign: VirtualCompany,
    user: number,
    number: number,
    acts: number,
  ): Worker => {
    const disk = disks[number];
    const userId = tenant.userIds[user];
    if (disk === undefined || userId === undefined || server === null) throw new Error('nobody to hire');
    const device: VirtualDevice = createVirtualDevice({
      world,
      server,
      poison,
      tenant,
      number,
      deviceId: uuidOf(`${tenant.tenantId} device ${number}`) as DeviceId,
      userId,
      disk,
      onAnswer: (answer) => checkAnswer(world, tables, answer),
      onOpen: (app) => shift.work(app),
    });
    const shift = createShift({
      world,
      device: () => device,
      tenant,
      foreign: foreign.tenant,
      acts,
      random: random.fork(`shift ${number}`),
    });
    time.after(random.between(0, 5_000), device.open);
    return { device, shift };
  };
  const workers = Array.from({ length: scale.devices }, (_, index) =>
    hire(company, other, index, index, scale.actsPerDevice),
  );
  const neighbour = hire(other, company, 0, scale.devices, Math.ceil(scale.actsPerDevice / 8));
  const everybody = [...workers, neighbour];

  const weather = startWeather(world, everybody, server);
  const isDone = () => everybody.every(({ shift }) => shift.isDone());
  const mostEvents = MOST_EVENTS_PER_ACT * scale.devices * scale.actsPerDevice;
  await time.runUntil(LATEST_MS, () => isDone() || time.eventCount() > mostEvents);
  if (!isDone()) world.violate('I7', 'a shift never ended');
  weather.stop();
  if (faults.isLastCutSilent) for (const { device } of everybody) device.line.cutSilently();
  const isTold = faults.isHealTold;
  const hasToFindOut = !isTold || world.counts.halfOpenStreams > 0;
  const hasPoison = faults.poison > 0;
  faults = { ...calm, knowsStreams: faults.knowsStreams };
  server.recover();
  for (const { device } of everybody) heal(device, server, isTold);
  const healedAtMs = time.nowMs();
  const drained = () => everybody.every(({ device }) => countOpen(device, poison) === 0);
  const inStep = () =>
    drained() && everybody.every(({ device }) => isInStep(device, server) && hasToldLosses(device));
  const patienceMs = hasPoison ? ISOLATED_WITHIN_MS : hasToFindOut ? FOUND_OUT_WITHIN_MS : DRAINED_WITHIN_MS;
  await passUntil(world, healedAtMs + patienceMs, drained);
  const drainedAfterMs = time.nowMs() - healedAtMs;
  if (!drained()) world.violate('I7', `something still waits after ${drainedAfterMs} ms`);
  poison.repair();
  const hadRefused = everybody.some(({ device }) => hasNotTaken(device));
  await passUntil(world, time.nowMs() + (hadRefused ? KEPT_AGAIN_AFTER_MS : IN_STEP_WITHIN_MS), inStep);
  if (!inStep()) world.violate('I7', 'devices are not in step');

  for (const [one, staff] of [
    [company, workers],
    [other, [neighbour]],
  ] as const) {
    const shifts = staff.map(({ shift }) => shift);
    checkServer(
      world,
      {
        ...one,
        acknowledged: shifts.flatMap(({ acknowledged }) => acknowledged),
        evicted: new Set(shifts.flatMap(({ evicted }) => evicted.map(({ operation }) => operation.id))),
      },
      poison,
    );
    checkDevices(
      world,
      staff.map(({ device }) => device),
      one.tables,
      poison,
    );
  }
  for (const { device } of everybody) device.setOff(true);
  world.counts.poisonOperations = companies.reduce((sum, { tables }) => sum + tables.unreadByKey.size, 0);
  return {
    seed,
    operations: companies.reduce(
      (sum, { tables }) => sum + tables.operationsById.size + tables.unreadByKey.size,
      0,
    ),
    conflicts: companies.reduce((sum, { tables }) => sum + conflictCount(tables), 0),
    faults: world.counts,
    virtualMs: time.nowMs() - START_MS,
    events: time.eventCount(),
    drainedAfterMs,
    violations,
    traceHash: trace.hash(),
  };
}

/** What a seed's name begins with whose days are short, so that many more of them are drawn in the same time. */
export const SHORT = 'short-';

/**
 * Small companies that work on few things at a time: what meets at all meets here. Some days are short, as what befalls
 * a fresh device does so in the first minutes.
 */
function drawScale(
  seed: string,
  random: RandomSource,
): { readonly devices: number; readonly actsPerDevice: number } {
  const devices = random.pick([2, 2, 2, 3, 3, 4]);
  const [fewest, most] = random.chance(0.25) ? [40, 90] : [300, 700];
  const length = seed.startsWith(SHORT) ? 0.08 : 1;
  return { devices, actsPerDevice: Math.round(length * random.between(fewest, most)) };
}

/** The last fault is over. Devices that are told try at once; the others find out by themselves. */
function heal(device: VirtualDevice, server: ReturnType<typeof createVirtualServer>, isTold: boolean): void {
  device.killSoon(null);
  device.setAsleep(false);
  device.line.setCut(null);
  device.line.setRadio(true);
  device.setMayScan(true);
  server.setSignedIn(device.userId, true);
  device.setOff(false);
  const network = device.app()?.network;
  if (isTold) network?.set(false);
  network?.set(true);
}

async function passUntil({ time }: World, endMs: number, isEnough: () => boolean): Promise<void> {
  while (time.nowMs() < endMs && !isEnough()) await time.runUntil(Math.min(endMs, time.nowMs() + 1_000));
}

function hasNotTaken({ disk }: VirtualDevice): boolean {
  return disk.all("SELECT 1 FROM outbox WHERE state = 'not_taken' LIMIT 1", []).length > 0;
}

function conflictCount({ ledger }: TenantTables): number {
  return conflictsOf(ledger).length;
}
