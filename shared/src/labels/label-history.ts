import type { AssetId, StorageLocationId } from '#kernel/ids.ts';
import { countedFacts, type FactRow } from '#operations/counted-facts.ts';
import { rowsOf, type SubjectState } from '#operations/subject-state.ts';
import type { RowOf } from '#schema/row-types.ts';
import type { LabelTarget } from './label-intents.ts';

export type LabelFact = RowOf<'label_facts'>;

/** Everything that a code was ever on. */
export type LabelHistory = {
  /** What a label with this code led to before its first assignment. */
  readonly baseline: LabelTarget | null;
  /** Those that count, in order. */
  readonly facts: readonly LabelFact[];
};

/** The history of a label from its rows as they stand. */
export function labelHistoryOf(state: SubjectState): LabelHistory {
  const facts = rowsOf(state, 'label_facts');
  return {
    baseline: baselineOf(state),
    facts: countedFacts(facts as unknown as FactRow[]) as unknown as LabelFact[],
  };
}

/** [LB6] A label without facts is where it always was; the first fact keeps that as the baseline. */
export function baselineOf(state: SubjectState): LabelTarget | null {
  const [label] = rowsOf(state, 'labels');
  if (label === undefined) return null;
  const isUntouched = rowsOf(state, 'label_facts').length === 0;
  return isUntouched ? targetOf(label) : targetNamed(label.baseline_kind, label.baseline_id);
}

/** What a label or a fact leads to; null for a label that was taken off. */
export function targetOf(
  row: Pick<LabelFact, 'asset_id' | 'location_id'> | null | undefined,
): LabelTarget | null {
  if (row?.asset_id) return { kind: 'asset', id: row.asset_id as AssetId };
  if (row?.location_id) return { kind: 'location', id: row.location_id as StorageLocationId };
  return null;
}

/** A target from its two columns. */
export function targetNamed(kind: string | null, id: string | null): LabelTarget | null {
  return kind === null || id === null ? null : ({ kind, id } as LabelTarget);
}

export function sameTarget(a: LabelTarget | null, b: LabelTarget | null): boolean {
  return a?.kind === b?.kind && a?.id === b?.id;
}
