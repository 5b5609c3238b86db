import type { Conflict, ConflictClass } from '#ledger/conflict.ts';
import { type Fact as AssetFact, countedMovements } from '#ledger/counted-movements.ts';
import type { Movement } from '#ledger/movement.ts';
import { countedFacts, type FactRow } from '#operations/counted-facts.ts';
import type { Intent, Operation } from '#operations/operation.ts';
import type { SubjectState } from '#operations/subject-state.ts';
import type { Decision } from '#operations/working-set.ts';
import { type SubjectLedgerName, subjectLedgers } from '#schema/subject-ledgers.ts';
import { assetConflictsOf, movementsOf } from '#test/ledger-content.ts';
import type { MemoryLedger } from '#test/memory-ledger.ts';

/** One subject with its history. */
export type PlayedSubject = {
  readonly id: string;
  readonly state: SubjectState;
  /** With undos, and with what they took back. */
  readonly all: readonly FactRow[];
  /** Those that count, in order. */
  readonly counted: readonly FactRow[];
};

export type Decided = { readonly operation: Operation; readonly decision: Decision };

/** A set of operations with what became of it. */
export type PlayedOperations = {
  readonly ledger: MemoryLedger;
  /** Each as often as it was decided, in whatever order. */
  readonly decided: readonly Decided[];
  readonly movements: readonly Movement[];
  /** Those that count, in order. */
  readonly assetFacts: readonly AssetFact[];
  readonly conflicts: readonly Conflict[];
  subjects(name: SubjectLedgerName): readonly PlayedSubject[];
};

export function played(ledger: MemoryLedger, decided: readonly Decided[]): PlayedOperations {
  const movements = movementsOf(ledger);
  const subjectConflicts = [...ledger.subjectsByKey.values()].flatMap(({ conflicts }) => conflicts);
  return {
    ledger,
    decided,
    movements,
    assetFacts: countedMovements(movements),
    conflicts: [...assetConflictsOf(ledger), ...subjectConflicts],
    subjects(name) {
      const { facts } = subjectLedgers[name];
      return [...ledger.subjectsByKey].flatMap(([key, state]): PlayedSubject[] => {
        if (!key.startsWith(`${name}:`)) return [];
        const all = [...(state.rowsByTable.get(facts)?.values() ?? [])] as FactRow[];
        return all.length === 0
          ? []
          : [{ id: key.slice(name.length + 1), state, all, counted: countedFacts(all) }];
      });
    },
  };
}

/** When a set of operations says anything about a rule. */
export type IsInPlay = (set: PlayedOperations) => boolean;

/** One of the subjects of a ledger is such. */
export function someSubject(
  name: SubjectLedgerName,
  isSo: (subject: PlayedSubject, set: PlayedOperations) => boolean,
): IsInPlay {
  return (set) => set.subjects(name).some((subject) => isSo(subject, set));
}

export function hasConflict(name: ConflictClass, status?: Conflict['status']): IsInPlay {
  return ({ conflicts }) =>
    conflicts.some(
      (conflict) => conflict.class === name && (status === undefined || conflict.status === status),
    );
}

/** An operation of one of these kinds was taken. */
export function hasTaken<Kind extends Intent['kind']>(
  kind: Kind,
  isSo: (intent: Extract<Intent, { kind: Kind }>, decision: Decision) => boolean = () => true,
): IsInPlay {
  return ({ decided }) =>
    decided.some(
      ({ operation: { intent }, decision }) =>
        intent.kind === kind &&
        decision.verdict !== 'refused' &&
        isSo(intent as Extract<Intent, { kind: Kind }>, decision),
    );
}

/** Two facts that count, one right after the other, are such. */
export function hasNeighbours<Fact>(
  facts: readonly Fact[],
  isSo: (earlier: Fact, later: Fact) => boolean,
): boolean {
  return facts.some((fact, index) => index > 0 && isSo(facts[index - 1] as Fact, fact));
}
