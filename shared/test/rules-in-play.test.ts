import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { classifiedRules } from './rules-in-play.ts';
import { runLedgerProperties } from './run-ledger-properties.ts';

it('every rule of the ledger is told apart in random sets', () => {
  const spec = readFileSync(new URL('../src/ledger/SPEC.md', import.meta.url), 'utf8');
  const rules = [...spec.matchAll(/^- \*\*\[(LG\d+)\]\*\*/gm)].map(([, rule]) => rule ?? '');
  expect([...classifiedRules].sort()).toEqual(rules.sort());
});

it('sets are drawn until every rule was in play often enough', () => {
  const { sets, countByRule } = runLedgerProperties({ wanted: 30, seed: 1, setsAtOnce: 200 });
  expect(Math.min(...Object.values(countByRule))).toBeGreaterThanOrEqual(30);
  expect(sets).toBeGreaterThan(200);
});
