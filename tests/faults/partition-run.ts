import { setTimeout as wait } from 'node:timers/promises';
import { createRandomSource, type RandomSource } from '#simulation/random-source.ts';
import { type Crew, openCrew } from './crew.ts';
import type { FaultLine } from './fault-line.ts';
import type { RealServer } from './real-server.ts';
import { type Ending, settle } from './settle.ts';

/** One cell of the matrix. */
export type PartitionCell = {
  readonly clients: number;
  /** Operations per second of all devices together. */
  readonly rate: number;
  readonly durationMs: number;
  /** Somebody also changes rows on the server itself, past all devices. */
  readonly serverWrites: boolean;
  /**
   * Partitions may also end with connections of which only the device believes that they are there. That is more than
   * the original does, and is to heal within the minute of the device's watchdog.
   */
  readonly halfOpen: boolean;
};

export type PartitionOutcome = { readonly partitions: number; readonly ending: Ending };

/** A partition and a calm last so long at most; as a share of the run's duration, as long as in the original. */
const LONGEST_SHARE = 0.15;
const SERVER_WRITES_EVERY_MS = 250;

/** People work while partitions come and go; then the network heals and everything must be everywhere. */
export async function runPartitions(
  server: RealServer,
  cell: PartitionCell,
  seed: string,
): Promise<PartitionOutcome> {
  const random = createRandomSource(seed);
  await using crew = await openCrew(server, seed, cell.clients, random);
  const endsAt = performance.now() + cell.durationMs;
  const counted = { partitions: 0 };
  await Promise.all([
    ...crew.devices.map((device, index) => work(device, cell, endsAt, random.fork(`work ${index}`))),
    partition(crew, cell, endsAt, random.fork('partitions'), counted),
    cell.serverWrites ? writeOnServer(server, crew, endsAt) : undefined,
  ]);
  return { ...counted, ending: await settle(server, crew, cell.halfOpen ? 60_000 : 30_000) };
}

async function work(
  device: Crew['devices'][number],
  { rate, clients }: PartitionCell,
  endsAt: number,
  random: RandomSource,
): Promise<void> {
  const meanPauseMs = (clients / rate) * 1000;
  while (performance.now() < endsAt) {
    await wait(random.between(0, 2 * meanPauseMs));
    await device.act();
  }
}

/** Again and again, some devices are cut off: what they send, what they get, or both. */
async function partition(
  { devices }: Crew,
  { durationMs, halfOpen }: PartitionCell,
  endsAt: number,
  random: RandomSource,
  counted: { partitions: number },
): Promise<void> {
  const pause = () => wait(random.between(0.02, LONGEST_SHARE) * durationMs);
  while (performance.now() < endsAt) {
    await pause();
    const hit = devices.filter(() => random.chance(0.6));
    for (const { line } of hit) {
      counted.partitions += 1;
      blockSome(line, random);
    }
    await pause();
    for (const { line } of hit) endPartition(line, halfOpen, random);
  }
}

function blockSome(line: FaultLine, random: RandomSource): void {
  const kind = random.pick(['up', 'down', 'both'] as const);
  line.setWeather({ isBlocked: { up: kind !== 'down', down: kind !== 'up' } });
}

/** What was held comes through, unless somebody on the way gave the connection up, and told of it or not. */
function endPartition(line: FaultLine, halfOpen: boolean, random: RandomSource): void {
  const chance = random.next();
  if (chance < 0.2) line.reset();
  else if (halfOpen && chance < 0.4) line.forget();
  line.setWeather({ isBlocked: { up: false, down: false } });
}

async function writeOnServer({ ownerPool }: RealServer, { tenant }: Crew, endsAt: number): Promise<void> {
  for (let count = 0; performance.now() < endsAt; count += 1) {
    await ownerPool.query('UPDATE events SET name = $3 WHERE tenant_id = $1 AND id = $2', [
      tenant.tenantId,
      tenant.eventIds[count % tenant.eventIds.length],
      `Renamed ${count}`,
    ]);
    await wait(SERVER_WRITES_EVERY_MS);
  }
}
