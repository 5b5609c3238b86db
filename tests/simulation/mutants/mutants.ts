import { deviceMutants } from './device-mutants.ts';
import { ledgerMutants } from './ledger-mutants.ts';
import type { Mutant } from './mutant.ts';
import { serverMutants } from './server-mutants.ts';
import { subjectMutants } from './subject-mutants.ts';

/** Every bug that the simulator has to find, each within fifty seeds. */
export const mutants: readonly Mutant[] = [
  ...ledgerMutants,
  ...subjectMutants,
  ...serverMutants,
  ...deviceMutants,
];

export function mutantNamed(name: string): Mutant {
  const found = mutants.find((mutant) => mutant.name === name);
  if (found === undefined) throw new Error(`no mutant is called ${name}`);
  return found;
}
