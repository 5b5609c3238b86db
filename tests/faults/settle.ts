import { setTimeout as wait } from 'node:timers/promises';
import { checkServer, differenceOf, readServerRows } from '#simulation/check-invariants.ts';
import type { Crew } from './crew.ts';
import type { RealServer } from './real-server.ts';
import { fairWeather } from './weather.ts';

/**
 * How a run ended. late: all came right, after more than the time that it may take; stuck: something was never settled;
 * divergent: a device shows what the server does not have.
 */
export type Ending =
  | {
      readonly kind: 'well';
      readonly healedAfterMs: number;
      readonly operations: number;
      readonly conflicts: number;
    }
  | { readonly kind: 'late' | 'stuck' | 'divergent' | 'lost' | 'broken'; readonly problem: string };

const LOOK_EVERY_MS = 300;
/** Whoever is late is waited for so many times as long: what comes late is no less a fault, but another one. */
const GIVEN_UP_AFTER = 4;

/** Makes the weather fair and judges what comes of it (I1, I2, I3, I4, I6, I7) within so long. */
export async function settle(
  server: RealServer,
  { tenant, devices }: Crew,
  withinMs = 30_000,
): Promise<Ending> {
  for (const { line } of devices) line.setWeather(fairWeather);
  const healedAt = performance.now();
  let waitedFor = devices;
  for (;;) {
    const rows = await readServerRows(server.ownerPool, tenant);
    const behind = await Promise.all(
      waitedFor.map(async (device) => ({ device, difference: await differenceOf(device, rows) })),
    );
    const late = behind.filter(({ difference }) => difference !== null);
    // Looking costs the devices more than their work does: who is in step is looked at once more, at last.
    if (late.length === 0 && waitedFor.length < devices.length) {
      waitedFor = devices;
      continue;
    }
    waitedFor = late.map(({ device }) => device);
    if (late.length === 0) break;
    if (performance.now() - healedAt > GIVEN_UP_AFTER * withinMs) {
      const queues = await Promise.all(late.map(({ device }) => queueOf(device)));
      const told = late.map(({ device, difference }, index) => {
        const { isConnected } = device.current().sync.state.current().download;
        const stream = isConnected ? 'streams' : 'does not stream';
        return `${device.deviceId} differs in ${difference}, ${stream}, queue ${JSON.stringify(queues[index])}`;
      });
      return {
        kind: queues.some(({ length }) => length > 0) ? 'stuck' : 'divergent',
        problem: told.join('; '),
      };
    }
    await wait(LOOK_EVERY_MS);
  }
  const healedAfterMs = Math.round(performance.now() - healedAt);
  const problems = devices.flatMap((device) => device.problems);
  if (problems.length > 0) return { kind: 'broken', problem: problems.join('; ') };
  try {
    const { operationCount, conflictCount } = await checkServer(server.ownerPool, tenant, devices);
    if (healedAfterMs > withinMs) return { kind: 'late', problem: `healed after ${healedAfterMs} ms` };
    return { kind: 'well', healedAfterMs, operations: operationCount, conflicts: conflictCount };
  } catch (error) {
    return { kind: 'lost', problem: error instanceof Error ? error.message : String(error) };
  }
}

function queueOf(device: Crew['devices'][number]): Promise<object[]> {
  return device
    .current()
    .replica.getAll('SELECT state, attempts, last_problem FROM outbox ORDER BY sequence');
}
