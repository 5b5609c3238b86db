// Faults against real processes: `npm run faults -- matrix | kills`. Prints a line for each run and one object at last.
import { parseArgs } from 'node:util';
import { partitionCells, runMatrix } from './partition-matrix.ts';
import { startRealServer } from './real-server.ts';
import { summariseMatrix } from './summarise.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    scale: { type: 'string', default: '20' },
    repeats: { type: 'string', default: '5' },
    'at-once': { type: 'string', default: '4' },
  },
});

const commands: Readonly<Record<string, () => Promise<object>>> = {
  async matrix() {
    await using server = await startRealServer();
    const runs = await runMatrix(server, {
      cells: partitionCells(Number(values.scale)),
      repeats: Number(values.repeats),
      atOnce: Number(values['at-once']),
      seed: values.seed,
      onRun: (run) => console.log(JSON.stringify(run)),
    });
    return summariseMatrix(runs);
  },
};

const run = commands[positionals[0] ?? ''];
if (run === undefined) {
  console.error(`usage: npm run faults -- ${Object.keys(commands).join(' | ')}`);
  process.exit(2);
}
console.log(JSON.stringify(await run()));
process.exit(0);
