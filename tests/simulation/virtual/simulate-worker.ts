import { parentPort, workerData } from 'node:worker_threads';
import { mutantNamed } from '#simulation/mutants/mutants.ts';
import { plantWhileLoading } from '#simulation/mutants/plant-while-loading.ts';
import { brokenReport } from './broken-report.ts';
import { forbidAmbient } from './forbid-ambient.ts';
import type { VirtualReport } from './run-virtual.ts';

/*
 * One of the threads that runs seeds: takes a seed, answers with its report. A thread that is given a mutant loads the
 * product with that bug planted in it; so the product is loaded here and not before.
 */
const port = parentPort;
if (port === null) throw new Error('this is a thread of simulate.ts');
const { mutant } = workerData as { mutant?: string };
const planted = mutant === undefined ? null : plantWhileLoading(mutantNamed(mutant));
const { runVirtual } = await import('./run-virtual.ts');
if (planted?.isPlanted() === false)
  throw new Error(`the file of mutant ${mutant} is not part of a simulation`);
forbidAmbient();
port.on('message', (seed: string) => {
  void run(seed).then((report) => port.postMessage(report));
});

async function run(seed: string): Promise<VirtualReport> {
  return await runVirtual(seed).catch((error: unknown) => brokenReport(seed, error));
}
