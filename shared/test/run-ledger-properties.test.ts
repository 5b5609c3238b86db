import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { propertyFamilies, runLedgerProperties } from './run-ledger-properties.ts';

/** Rules of the same SPECs that no order, repetition or grouping of operations can bear on, by why. */
const noFolds: Readonly<Record<string, readonly string[]>> = {
  'what is refused leaves nothing to fold': [
    ...['OP2', 'OP3', 'BK5', 'LB7', 'FE13', 'FE14', 'FE16', 'TP6', 'ST8', 'ST9'],
  ],
  'a verdict tells how it was on arrival': ['OP7', 'OP8', 'OP9', 'SL4'],
  'what is loaded, and left untouched': ['OP1', 'OP11'],
  'what may be said at all: a field, a key, a code': ['FE1', 'FE15', 'LB8'],
  'how much one operation says; several are several': ['ST16'],
  'where PostgreSQL keeps a deleted row': ['FE11'],
  'worked out where it is shown, never stored': [
    ...['ST12', 'ST13', 'ST14', 'ST15', 'ST17', 'PL1', 'PL2', 'PL3', 'PL4', 'PL5', 'PL6', 'PL7'],
  ],
};
/** Scans are judged before anything is recorded; files belong to one operation; settings are written, not recorded. */
const specsWithoutFolds = ['scanning', 'attachments', 'settings'];

it('every rule by which facts are folded is told apart in random sets', () => {
  const classified = propertyFamilies.flatMap(({ rules }) => rules.map((rule) => rule.split(' ')[0] ?? ''));
  const exempt = Object.values(noFolds).flat();
  expect([...new Set(classified), ...exempt].sort()).toEqual(rulesOfSpecs().sort());
});

it('sets are drawn until every rule was in play often enough', () => {
  const { sets, countByRule } = runLedgerProperties({ wanted: 10, seed: 1, setsAtOnce: 50 });
  expect(Math.min(...Object.values(countByRule))).toBeGreaterThanOrEqual(10);
  expect(sets).toBeGreaterThan(50 * propertyFamilies.length);
}, 30_000);

function rulesOfSpecs(): string[] {
  const sources = new URL('../src/', import.meta.url);
  return readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('SPEC.md') && !specsWithoutFolds.some((name) => path.startsWith(name)))
    .flatMap((path) => [
      ...readFileSync(new URL(path, sources), 'utf8').matchAll(/^- \*\*\[([A-Z]+\d+)\]\*\*/gm),
    ])
    .map(([, rule]) => rule ?? '');
}
