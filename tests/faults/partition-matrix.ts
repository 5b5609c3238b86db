import { type PartitionCell, type PartitionOutcome, runPartitions } from './partition-run.ts';
import type { RealServer } from './real-server.ts';

/**
 * The default partition matrix of the independent Jepsen test of PowerSync (github.com/nurturenature/jepsen-powersync,
 * fuzz-partition): devices, operations per second, seconds, and whether the database is written to directly as well.
 */
const JEPSEN = {
  clients: [5, 10],
  rates: [10, 20, 30, 40],
  seconds: [100, 200, 300],
  serverWrites: [false, true],
} as const;

export type MatrixRun = PartitionCell & PartitionOutcome & { readonly seed: string };

/** The cells with their durations divided by `scale`; everything else is as it is, the devices' timers too. */
export function partitionCells(scale: number, halfOpen: boolean): PartitionCell[] {
  return JEPSEN.clients.flatMap((clients) =>
    JEPSEN.rates.flatMap((rate) =>
      JEPSEN.seconds.flatMap((seconds) =>
        JEPSEN.serverWrites.map((serverWrites) => ({
          clients,
          rate,
          durationMs: (seconds * 1000) / scale,
          serverWrites,
          halfOpen,
        })),
      ),
    ),
  );
}

/** Runs every cell so many times, several at once against one server, each in a company of its own. */
export async function runMatrix(
  server: RealServer,
  options: {
    readonly cells: readonly PartitionCell[];
    readonly repeats: number;
    readonly atOnce: number;
    readonly seed: string;
    readonly onRun: (run: MatrixRun) => void;
  },
): Promise<MatrixRun[]> {
  const waiting = options.cells.flatMap((cell, index) =>
    Array.from({ length: options.repeats }, (_, repeat) => ({
      cell,
      seed: `${options.seed} cell ${index} repeat ${repeat}`,
    })),
  );
  const runs: MatrixRun[] = [];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const outcome = await runPartitions(server, next.cell, next.seed);
      const run = { ...next.cell, ...outcome, seed: next.seed };
      runs.push(run);
      options.onRun(run);
    }
  };
  await Promise.all(Array.from({ length: options.atOnce }, worker));
  return runs;
}
