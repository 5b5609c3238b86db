// `npm run properties -- --runs 50000`: random sets until every rule was in play so often; prints how often each was.
import { parseArgs } from 'node:util';
import { type PropertyReport, runLedgerProperties } from './run-ledger-properties.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '50000' }, seed: { type: 'string', default: '20261122' } },
});
const startedAt = performance.now();
const told = ({ sets, countByRule }: PropertyReport) => {
  const rows = Object.entries(countByRule).map(([rule, count]) => `${rule} ${count}`);
  return `${sets} sets in ${Math.round((performance.now() - startedAt) / 1000)} s: ${rows.join(', ')}`;
};
const report = runLedgerProperties({
  wanted: Number(values.runs),
  seed: Number(values.seed),
  setsAtOnce: 10_000,
  onRound: (soFar) => console.error(told(soFar)),
});
console.log(JSON.stringify({ ...report, seconds: Math.round((performance.now() - startedAt) / 1000) }));
