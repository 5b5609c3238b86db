import { readCommandLine } from '@eventkit/tests/command/read-command.ts';
import type { Bench, BenchResult } from './bench.ts';

const names = {
  api: 'fifty people at once at the API, and one who calls ten times too often',
  audit: 'the audit trail with a million entries: history of a record, of a person, of a kind',
  'first-sync': 'a first download of the demo company, in Node and in Chromium',
  oplog: 'a log of millions of operations: opening, merging, coming back',
  transaction: 'one transaction of a million rows in front of connected devices',
  propagate: 'from a scan on one device to the sight of it on another',
  push: 'operations that devices send',
  simulate: 'some of the simulation, the properties and the faults',
  scan: 'from a scan to its answer on the screen',
  sync: 'the sync server alone: copies, changes, the age of lines, many clients, memory',
  'ui-list': 'a list of every piece: scrolling and keys on a slow machine; fails above its budget',
  ui: 'what of the app travels, how it opens, and how the palette answers',
} as const;

const load: Readonly<Record<keyof typeof names, () => Promise<Bench>>> = {
  api: async () => (await import('./api.ts')).benchApi,
  audit: async () => (await import('./audit.ts')).benchAudit,
  'first-sync': async () => (await import('./first-sync.ts')).benchFirstSync,
  oplog: async () => (await import('./oplog.ts')).benchOplog,
  transaction: async () => (await import('./transaction.ts')).benchTransaction,
  propagate: async () => (await import('./propagate.ts')).benchPropagate,
  push: async () => (await import('./push.ts')).benchPush,
  simulate: async () => (await import('./simulate.ts')).benchSimulate,
  scan: async () => (await import('./scan.ts')).benchScan,
  sync: async () => (await import('./sync.ts')).benchSync,
  'ui-list': async () => (await import('./list-scroll.ts')).benchListScroll,
  ui: async () => (await import('./ui.ts')).benchUi,
};

const { name, values } = readCommandLine({
  call: 'npm run bench --',
  names,
  options: {
    assets: { says: 'assets of the demo company, or rows', default: 100_000 },
    json: { says: 'prints one object', isFlag: true },
  },
});
const bench = await load[name]();
const result = await bench({ assetCount: values.assets });
console.log(values.json ? JSON.stringify({ bench: name, ...result }) : table(result));
process.exit(result.isGate === true && missed(result).length > 0 ? 1 : 0);

function missed({ figures, budgets }: BenchResult): readonly string[] {
  return Object.keys(budgets).filter((key) => !((figures[key] ?? Number.NaN) <= (budgets[key] ?? 0)));
}

function table({ figures, budgets, notes }: BenchResult): string {
  const rows = Object.entries(figures).map(([key, value]) => {
    const budget = budgets[key];
    return `${key.padEnd(28)} ${String(value).padStart(12)}   ${budget === undefined ? '' : `budget ${budget}`}`;
  });
  return [...rows, ...notes.map((note) => `note: ${note}`)].join('\n');
}
