// Faults against real processes: `npm run faults -- matrix | kills [--victim database] | browser | sync-kills | soak`. Prints
// a line for each run and one object at last, and fails where a single run did not end well.
import { parseArgs } from 'node:util';
import { runBrowserKills } from './browser-kill-run.ts';
import { type KillOutcome, runKills } from './kill-run.ts';
import { partitionCells, runMatrix } from './partition-matrix.ts';
import { startRealServer } from './real-server.ts';
import { runSoak } from './soak-run.ts';
import { summariseKills, summariseMatrix } from './summarise.ts';
import { runSyncKills } from './sync-kill-run.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    scale: { type: 'string', default: '20' },
    repeats: { type: 'string', default: '5' },
    'at-once': { type: 'string', default: '4' },
    'half-open': { type: 'boolean', default: false },
    rounds: { type: 'string', default: '100' },
    victim: { type: 'string' },
    minutes: { type: 'string', default: '30' },
    rate: { type: 'string', default: '200' },
    clients: { type: 'string', default: '100' },
  },
});

const commands: Readonly<Record<string, () => Promise<{ runs: number; well: number }>>> = {
  async matrix() {
    await using server = await startRealServer();
    const runs = await runMatrix(server, {
      cells: partitionCells(Number(values.scale), values['half-open']),
      repeats: Number(values.repeats),
      atOnce: Number(values['at-once']),
      seed: values.seed,
      onRun: (run) => console.log(JSON.stringify(run)),
    });
    return summariseMatrix(runs);
  },
  async kills() {
    await using server = await startRealServer();
    const rounds = Number(values.rounds);
    const planned = [
      { victim: 'server', rounds },
      { victim: 'database', rounds: Math.ceil(rounds / 2) },
      { victim: 'slot', rounds: Math.ceil(rounds / 10) },
    ] as const;
    const struck = planned.filter(({ victim }) => victim === (values.victim ?? victim));
    const outcomes: KillOutcome[] = [];
    for (const plan of struck) {
      const outcome = await runKills(server, { ...plan, seed: `${values.seed} ${plan.victim}` });
      outcomes.push(outcome);
      console.log(JSON.stringify(outcome));
    }
    return summariseKills(outcomes);
  },
  async 'sync-kills'() {
    await using server = await startRealServer();
    const outcome = await runSyncKills(server, {
      rounds: Number(values.rounds),
      seed: values.seed,
      onRound: (round) => console.log(JSON.stringify(round)),
    });
    return { runs: 1, well: outcome.faults.length === 0 ? 1 : 0, ...outcome };
  },
  async soak() {
    await using server = await startRealServer();
    const outcome = await runSoak(server, {
      minutes: Number(values.minutes),
      ratePerSecond: Number(values.rate),
      clients: Number(values.clients),
      seed: values.seed,
      onMinute: (minute) => console.log(JSON.stringify(minute)),
    });
    return { runs: 1, well: outcome.problems.length === 0 ? 1 : 0, ...outcome };
  },
  async browser() {
    const report = await runBrowserKills({
      rounds: Number(values.rounds),
      seed: values.seed,
      onRound: (round, acknowledged) => console.log(JSON.stringify({ round, acknowledged })),
    });
    const isWell =
      report.lost.length === 0 && report.integrity.join() === 'ok' && report.stored === report.recorded;
    return { runs: 1, well: isWell ? 1 : 0, ...report };
  },
};

const run = commands[positionals[0] ?? ''];
if (run === undefined) {
  console.error(`usage: npm run faults -- ${Object.keys(commands).join(' | ')}`);
  process.exit(2);
}
const summary = await run();
console.log(JSON.stringify(summary));
process.exit(summary.runs === summary.well ? 0 : 1);
