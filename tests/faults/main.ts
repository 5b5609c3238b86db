// Faults against real processes: `npm run faults -- matrix | kills [--victim database] | browser | sync-kills | soak`. Prints
// a line for each run and one object at last, and fails where a single run did not end well.
import { readCommandLine } from '#command/read-command.ts';
import { runBrowserKills } from './browser-kill-run.ts';
import { type KillOutcome, runKills } from './kill-run.ts';
import { partitionCells, runMatrix } from './partition-matrix.ts';
import { startRealServer } from './real-server.ts';
import { runSoak } from './soak-run.ts';
import { summariseKills, summariseMatrix } from './summarise.ts';
import { runSyncKills } from './sync-kill-run.ts';

const { name, values } = readCommandLine({
  call: 'npm run faults --',
  names: {
    matrix: 'the partition matrix: lines of many devices are cut and heal',
    kills: 'devices record while the server, PostgreSQL or the slot is struck',
    'sync-kills': 'rows change while what brings them to devices is struck',
    browser: 'the app in a Chromium that is killed',
    soak: 'rows change at a steady rate in front of many clients',
  },
  options: {
    seed: { says: 'what is drawn comes from it', default: '1' },
    rounds: { says: 'kills, sync-kills, browser: how often something is struck', default: 100 },
    victim: { says: 'kills: server, database or slot alone' },
    repeats: { says: 'matrix: runs of each cell', default: 5 },
    scale: { says: 'matrix: durations are divided by this', default: 20 },
    'at-once': { says: 'matrix: companies at the same time', default: 4 },
    'half-open': { says: 'matrix: more of the lines end without a word', isFlag: true },
    minutes: { says: 'soak: how long', default: 30 },
    rate: { says: 'soak: changes in a second', default: 200 },
    clients: { says: 'soak: how many', default: 100 },
  },
});

const commands: Readonly<Record<typeof name, () => Promise<{ runs: number; well: number }>>> = {
  async matrix() {
    await using server = await startRealServer();
    const runs = await runMatrix(server, {
      cells: partitionCells(values.scale, values['half-open']),
      repeats: values.repeats,
      atOnce: values['at-once'],
      seed: values.seed,
      onRun: (run) => console.log(JSON.stringify(run)),
    });
    return summariseMatrix(runs);
  },
  async kills() {
    await using server = await startRealServer();
    const rounds = values.rounds;
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
      rounds: values.rounds,
      seed: values.seed,
      onRound: (round) => console.log(JSON.stringify(round)),
    });
    return { runs: 1, well: outcome.faults.length === 0 ? 1 : 0, ...outcome };
  },
  async soak() {
    await using server = await startRealServer();
    const outcome = await runSoak(server, {
      minutes: values.minutes,
      ratePerSecond: values.rate,
      clients: values.clients,
      seed: values.seed,
      onMinute: (minute) => console.log(JSON.stringify(minute)),
    });
    return { runs: 1, well: outcome.problems.length === 0 ? 1 : 0, ...outcome };
  },
  async browser() {
    const report = await runBrowserKills({
      rounds: values.rounds,
      seed: values.seed,
      onRound: (round, acknowledged) => console.log(JSON.stringify({ round, acknowledged })),
    });
    const isWell =
      report.lost.length === 0 && report.integrity.join() === 'ok' && report.stored === report.recorded;
    return { runs: 1, well: isWell ? 1 : 0, ...report };
  },
};

const summary = await commands[name]();
console.log(JSON.stringify(summary));
process.exit(summary.runs === summary.well ? 0 : 1);
