import { parseArgs } from 'node:util';
import type { Bench, BenchResult } from './bench.ts';

const load: Readonly<Record<string, () => Promise<Bench>>> = {
  'first-sync': async () => (await import('./first-sync.ts')).benchFirstSync,
  oplog: async () => (await import('./oplog.ts')).benchOplog,
  transaction: async () => (await import('./transaction.ts')).benchTransaction,
  propagate: async () => (await import('./propagate.ts')).benchPropagate,
  push: async () => (await import('./push.ts')).benchPush,
  simulate: async () => (await import('./simulate.ts')).benchSimulate,
  scan: async () => (await import('./scan.ts')).benchScan,
  sync: async () => (await import('./sync.ts')).benchSync,
  ui: async () => (await import('./ui.ts')).benchUi,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, assets: { type: 'string', default: '100000' } },
});
const [name = ''] = positionals;
const chosen = load[name];
if (chosen === undefined) {
  console.error(`usage: npm run bench -- <${Object.keys(load).join(' | ')}> [--json] [--assets 100000]`);
  process.exit(2);
}
const bench = await chosen();
const result = await bench({ assetCount: Number(values.assets) });
console.log(values.json ? JSON.stringify({ bench: name, ...result }) : table(result));
process.exit(0);

function table({ figures, budgets, notes }: BenchResult): string {
  const rows = Object.entries(figures).map(([key, value]) => {
    const budget = budgets[key];
    return `${key.padEnd(28)} ${String(value).padStart(12)}   ${budget === undefined ? '' : `budget ${budget}`}`;
  });
  return [...rows, ...notes.map((note) => `note: ${note}`)].join('\n');
}
