// `npm run properties -- --runs 50000`: random sets until every rule was in play so often; prints how often each was.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import {
  joinReports,
  type PropertyReport,
  propertyFamilies,
  runLedgerProperties,
} from './run-ledger-properties.ts';

type Task = { readonly family: string; readonly wanted: number; readonly seed: number };

if (isMainThread) await runAll();
else parentPort?.postMessage(runOne(workerData as Task));

/** Each kind of sets in a thread of its own, as many at once as there are cores. */
async function runAll(): Promise<void> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '50000' },
      seed: { type: 'string', default: '20261122' },
      only: { type: 'string' },
    },
  });
  const startedAt = performance.now();
  const secondsSinceStart = () => Math.round((performance.now() - startedAt) / 1000);
  const waiting = propertyFamilies
    .map(({ name }) => name)
    .filter((name) => values.only === undefined || values.only.split(',').includes(name));
  const reports: PropertyReport[] = [];
  const workOff = async () => {
    for (let family = waiting.shift(); family !== undefined; family = waiting.shift()) {
      const report = await inThread({ family, wanted: Number(values.runs), seed: Number(values.seed) });
      reports.push(report);
      console.error(`${family}: ${report.sets} sets, ${secondsSinceStart()} s since the start`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, workOff));
  const whole = reports.reduce(joinReports, { sets: 0, countByRule: {} });
  console.log(JSON.stringify({ ...whole, seconds: secondsSinceStart() }));
}

function inThread(task: Task): Promise<PropertyReport> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: task });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

function runOne({ family, wanted, seed }: Task): PropertyReport {
  return runLedgerProperties({
    wanted,
    seed,
    setsAtOnce: Math.min(10_000, 2 * wanted),
    families: [family],
    onRound: (name, { sets, countByRule }) => {
      const rarest = Object.entries(countByRule).toSorted(([, a], [, b]) => a - b);
      const told = rarest.slice(0, 3).map(([rule, count]) => `${rule} ${count}`);
      console.error(`${name}: ${sets} sets, rarest ${told.join(', ')}`);
    },
  });
}
