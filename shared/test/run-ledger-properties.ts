import fc from 'fast-check';
import { arbitraryBases, arbitraryMovementsAndLosses } from './arbitrary-ledger.ts';
import { classifiedRules, rulesInPlay } from './in-play/asset-facts.ts';
import { bulkFamily } from './in-play/bulk.ts';
import { editFamily } from './in-play/edits.ts';
import { fillingFamily } from './in-play/fillings.ts';
import { holdMovements } from './in-play/hold-movements.ts';
import { holdOperations } from './in-play/hold-operations.ts';
import { labelFamily } from './in-play/labels.ts';
import type { OperationFamily } from './in-play/operation-family.ts';
import { stocktakeFamily } from './in-play/stocktakes.ts';
import { transportFamily } from './in-play/transport.ts';

export type PropertyReport = {
  readonly sets: number;
  /** In how many sets each rule was in play. What holds for every ledger of subjects is counted for each of them. */
  readonly countByRule: Readonly<Record<string, number>>;
};

/** A kind of random sets: what it can say anything about, and a property that tells of each set what it was. */
type PropertyFamily = {
  readonly name: string;
  readonly rules: readonly string[];
  property(onSet: (rules: readonly string[]) => void): fc.IRawProperty<unknown, false>;
};

const ofMovements: PropertyFamily = {
  name: 'facts about assets',
  rules: classifiedRules,
  property: (onSet) =>
    fc.property(arbitraryBases, arbitraryMovementsAndLosses, fc.integer(), (bases, movements, chance) => {
      holdMovements(bases, movements, chance);
      onSet(rulesInPlay(bases, movements));
    }),
};

const ofOperations = (family: OperationFamily): PropertyFamily => ({
  name: family.name,
  rules: Object.keys(family.rules),
  property: (onSet) =>
    fc.property(family.sets, fc.integer(), (set, chance) => onSet(holdOperations(family, set, chance))),
});

/** Each rule belongs to one of them. Those that take longest come first. */
export const propertyFamilies: readonly PropertyFamily[] = [
  ofOperations(stocktakeFamily),
  ofMovements,
  ...[transportFamily, editFamily, labelFamily, fillingFamily, bulkFamily].map(ofOperations),
];

/** A rule that random sets never bring into play is a fault of the sets. */
const MOST_ROUNDS = 1_000;

/**
 * Draws sets of every kind until each rule was in play in so many of them, and holds each set against itself in another
 * order, with repetitions, in parts, and against the slow oracles: rows and conflicts are the same. Throws with the
 * smallest set that it can find where they are not.
 */
export function runLedgerProperties(options: {
  readonly wanted: number;
  readonly seed: number;
  readonly setsAtOnce: number;
  readonly families?: readonly string[];
  readonly onRound?: (family: string, report: PropertyReport) => void;
}): PropertyReport {
  const { families: wantedFamilies } = options;
  return propertyFamilies
    .filter(({ name }) => wantedFamilies === undefined || wantedFamilies.includes(name))
    .map((family) => runFamily(family, options))
    .reduce(joinReports, { sets: 0, countByRule: {} });
}

function runFamily(
  family: PropertyFamily,
  { wanted, seed, setsAtOnce, onRound }: Parameters<typeof runLedgerProperties>[0],
): PropertyReport {
  const countByRule: Record<string, number> = Object.fromEntries(family.rules.map((rule) => [rule, 0]));
  let sets = 0;
  const property = family.property((inPlay) => {
    sets += 1;
    for (const rule of inPlay) countByRule[rule] = (countByRule[rule] ?? 0) + 1;
  });
  for (let round = 0; Object.values(countByRule).some((count) => count < wanted); round += 1) {
    if (round === MOST_ROUNDS)
      throw new Error(`some rule is hardly ever in play: ${JSON.stringify(countByRule)}`);
    fc.assert(property, { seed: seed + round, numRuns: setsAtOnce });
    onRound?.(family.name, { sets, countByRule });
  }
  return { sets, countByRule };
}

export function joinReports(a: PropertyReport, b: PropertyReport): PropertyReport {
  return { sets: a.sets + b.sets, countByRule: { ...a.countByRule, ...b.countByRule } };
}
