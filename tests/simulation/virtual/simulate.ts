import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { brokenReport } from './broken-report.ts';
import type { VirtualReport } from './run-virtual.ts';
import { type FaultCounts, faultNames } from './virtual-faults.ts';

export type SimulateOptions = {
  /** How many, named `<from>`, `<from + 1>` …, with `prefix` before it; or which. */
  readonly seeds: number | readonly string[];
  readonly from?: number;
  readonly prefix?: string;
  readonly threads?: number;
  /** A bug to be planted, by its name in `mutants.ts`. */
  readonly mutant?: string;
  /** Hears of each run; true where no more are needed. */
  readonly onReport?: (report: VirtualReport, figures: SimulationFigures) => boolean | undefined;
};

/** What many runs did. */
export type SimulationFigures = {
  readonly seeds: number;
  readonly operations: number;
  readonly conflicts: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly faultCount: number;
  readonly virtualHours: number;
  readonly events: number;
  readonly seconds: number;
  readonly seedsPerSecond: number;
  /** Those in which something was wrong, with what it was. */
  readonly failed: readonly { readonly seed: string; readonly violations: readonly string[] }[];
};

/** Runs whole simulated companies, each from one seed, on all cores; the same seeds do the same each time. */
export async function simulate(options: SimulateOptions): Promise<SimulationFigures> {
  const waiting = seedsOf(options);
  const startedAt = performance.now();
  let figures = nothingYet;
  let isEnough = false;
  const threads = Math.min(options.threads ?? availableParallelism(), waiting.length);
  await Promise.all(
    Array.from({ length: threads }, () =>
      runThread(options.mutant, {
        next: () => (isEnough ? undefined : waiting.shift()),
        take(report) {
          figures = add(figures, report, (performance.now() - startedAt) / 1000);
          if (options.onReport?.(report, figures) === true) isEnough = true;
        },
      }),
    ),
  );
  return figures;
}

function seedsOf({ seeds, from = 0, prefix = '' }: SimulateOptions): string[] {
  return typeof seeds === 'number'
    ? Array.from({ length: seeds }, (_, index) => `${prefix}${from + index}`)
    : [...seeds];
}

type Work = { next(): string | undefined; take(report: VirtualReport): void };

/** A thread of its own, with its own copy of the product and its own databases; another one where it dies. */
async function runThread(mutant: string | undefined, work: Work): Promise<void> {
  for (let seed = work.next(); seed !== undefined; ) {
    const { left, error } = await runUntilItDies(mutant, seed, work);
    if (left === null) return;
    work.take(brokenReport(left, error));
    seed = work.next();
  }
}

/** `left`: the seed that it died of; null where it did everything that there was. */
function runUntilItDies(
  mutant: string | undefined,
  first: string,
  work: Work,
): Promise<{ readonly left: string | null; readonly error?: unknown }> {
  const worker = new Worker(new URL('./simulate-worker.ts', import.meta.url), {
    workerData: { mutant },
    execArgv: [],
  });
  let seed: string | undefined = first;
  return new Promise((resolve) => {
    worker.on('error', (error) => resolve({ left: seed ?? '', error }));
    worker.on('message', (report: VirtualReport) => {
      work.take(report);
      seed = work.next();
      if (seed === undefined) void worker.terminate().then(() => resolve({ left: null }));
      else worker.postMessage(seed);
    });
    worker.postMessage(first);
  });
}

const nothingYet: SimulationFigures = {
  seeds: 0,
  operations: 0,
  conflicts: 0,
  faults: Object.fromEntries(faultNames.map((name) => [name, 0])),
  faultCount: 0,
  virtualHours: 0,
  events: 0,
  seconds: 0,
  seedsPerSecond: 0,
  failed: [],
};

function add(sum: SimulationFigures, report: VirtualReport, seconds: number): SimulationFigures {
  const { seed, violations } = report;
  const faults = Object.fromEntries(
    faultNames.map((name) => [name, (sum.faults[name] ?? 0) + (report.faults[name] ?? 0)]),
  ) as FaultCounts;
  return {
    seeds: sum.seeds + 1,
    operations: sum.operations + report.operations,
    conflicts: sum.conflicts + report.conflicts,
    faults,
    faultCount: Object.values(faults).reduce((total, count) => total + count, 0),
    virtualHours: sum.virtualHours + report.virtualMs / 3_600_000,
    events: sum.events + report.events,
    seconds,
    seedsPerSecond: (sum.seeds + 1) / seconds,
    failed: violations.length === 0 ? sum.failed : [...sum.failed, { seed, violations }],
  };
}
