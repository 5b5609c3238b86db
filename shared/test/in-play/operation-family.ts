import type fc from 'fast-check';
import type { AssetBase } from '#ledger/asset-track.ts';
import type { Operation } from '#operations/operation.ts';
import type { SubjectLedgerName } from '#schema/subject-ledgers.ts';
import type { MemoryLedger } from '#test/memory-ledger.ts';
import type { Told } from '#test/told-by-oracles.ts';
import { hasNeighbours, type IsInPlay, someSubject } from './played-operations.ts';

/** What a company starts with, and what its people do. */
export type OperationSet = {
  readonly bases: readonly AssetBase[];
  readonly operations: readonly Operation[];
  /** [FE8] A row as something else than an operation writes it, after so many operations; null where nothing does. */
  readonly written: WrittenRow | null;
};
/** `quantity`: what the line asks for from then on; null where it is taken away. */
export type WrittenRow = {
  readonly after: number;
  readonly lineId: string;
  readonly quantity: number | null;
};

/** A kind of random sets, in which the rules of one SPEC meet often. */
export type OperationFamily = {
  readonly name: string;
  readonly sets: fc.Arbitrary<OperationSet>;
  /** By its id when a set says anything about a rule: a set in which it cannot matter proves nothing. */
  readonly rules: Readonly<Record<string, IsInPlay>>;
  /** What it comes to, and what it should by who works it out in another way. */
  told(set: OperationSet, ledger: MemoryLedger): readonly Told[];
};

/** The rules that hold for every ledger of subjects, for this one. */
export function rulesOfEverySubject(name: SubjectLedgerName): Readonly<Record<string, IsInPlay>> {
  return {
    [`SL1 ${name}`]: someSubject(name, ({ counted }) =>
      hasNeighbours(counted, (a, b) => a.effective_at === b.effective_at),
    ),
    [`SL2 ${name}`]: someSubject(name, ({ all, counted }) =>
      all.some((fact) => fact.kind !== 'undo' && !counted.includes(fact)),
    ),
    [`SL3 ${name}`]: someSubject(name, ({ counted }) => counted.length > 1),
  };
}
