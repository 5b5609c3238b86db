import { deepStrictEqual } from 'node:assert/strict';
import type { Operation } from '#operations/operation.ts';
import { withRows } from '#operations/subject-state.ts';
import type { DecisionContext } from '#operations/working-set.ts';
import { type Subject, subjectKey } from '#schema/subject-ledgers.ts';
import { afterTheirCauses } from '#test/arbitrary-arrival.ts';
import { testLine } from '#test/arbitrary-edits.ts';
import { newLedger } from '#test/arbitrary-operations.ts';
import { contentOfLedger } from '#test/ledger-content.ts';
import { executeBatchInMemory, executeInMemory, type MemoryLedger } from '#test/memory-ledger.ts';
import { seededRandom } from '#test/seeded-random.ts';
import type { OperationFamily, OperationSet, WrittenRow } from './operation-family.ts';
import { type Decided, played } from './played-operations.ts';

/**
 * Decides a set one by one; in another order of arrival with repetitions; and in batches. Rows and conflicts are the
 * same each time, and what the slow oracles say. Answers the rules that the set says something about.
 */
export function holdOperations(family: OperationFamily, set: OperationSet, chance: number): string[] {
  const random = seededRandom(chance);
  const decided: Decided[] = [];
  const decide = (ledger: MemoryLedger, operation: Operation) => {
    const decision = executeInMemory(ledger, operation, contextOf(operation));
    decided.push({ operation, decision });
    return decision.verdict !== 'refused';
  };
  const inOrder = playThrough(set, (ledger, operations) => {
    for (const operation of operations) decide(ledger, operation);
  });
  const asArrived = playThrough(set, (ledger, operations) => {
    let standing: Operation[] = [];
    for (const operation of shuffled(operations, random)) {
      const { intent } = operation;
      if (decide(ledger, operation)) standing.push(operation);
      // [OP6] What was refused, or taken back, is answered again and never decided again.
      if (intent.kind === 'undo') standing = standing.filter(({ id }) => id !== intent.operationId);
      const again = random() < 0.3 ? standing[Math.floor(random() * standing.length)] : undefined;
      if (again !== undefined) decide(ledger, again);
    }
  });
  const inBatches = playThrough(set, (ledger, operations) => {
    for (const batch of split(shuffled(operations, random), random)) {
      executeBatchInMemory(ledger, batch, contextOf);
    }
  });
  const expected = contentOfLedger(inOrder);
  expectSame(contentOfLedger(asArrived), expected);
  expectSame(contentOfLedger(inBatches), expected);
  for (const { found, expected: wanted } of family.told(set, inOrder)) expectSame(found, wanted);
  const whole = played(inOrder, decided);
  return Object.entries(family.rules).flatMap(([rule, isInPlay]) => (isInPlay(whole) ? [rule] : []));
}

/** Text is compared several times as fast; what has another order of keys, or differs, is looked at closely. */
function expectSame(found: unknown, expected: unknown): void {
  if (JSON.stringify(found) !== JSON.stringify(expected)) deepStrictEqual(found, expected);
}

/** What is written by other means stays between the operations that came before it and those that came after. */
function playThrough(
  { bases, operations, written }: OperationSet,
  play: (ledger: MemoryLedger, operations: readonly Operation[]) => void,
): MemoryLedger {
  const ledger = newLedger(bases);
  play(ledger, operations.slice(0, written?.after));
  if (written === null) return ledger;
  write(ledger, written);
  play(ledger, operations.slice(written.after));
  return ledger;
}

function write({ subjectsByKey }: MemoryLedger, { lineId, quantity }: WrittenRow): void {
  const subject: Subject = { ledger: 'edits', id: lineId };
  const state = subjectsByKey.get(subjectKey(subject));
  if (state === undefined) return;
  const row = state.rowsByTable.get('pull_list_lines')?.get(lineId) ?? testLine(lineId);
  const change = {
    subject,
    table: 'pull_list_lines' as const,
    row: { ...row, quantity },
    isDeleted: quantity === null,
  };
  subjectsByKey.set(subjectKey(subject), withRows(state, [change]));
}

function contextOf({ recordedAt }: Operation): DecisionContext {
  return { effectiveAt: recordedAt, receivedAt: null };
}

function shuffled(operations: readonly Operation[], random: () => number): readonly Operation[] {
  const keyed = operations.map((operation) => ({ operation, key: random() })).sort((a, b) => a.key - b.key);
  return afterTheirCauses(keyed.map(({ operation }) => operation));
}

function* split(operations: readonly Operation[], random: () => number): Iterable<readonly Operation[]> {
  for (let from = 0; from < operations.length; ) {
    const to = from + 1 + Math.floor(random() * 6);
    yield operations.slice(from, to);
    from = to;
  }
}
