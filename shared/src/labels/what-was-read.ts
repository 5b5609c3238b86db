import type { AssetId, MovementId } from '#kernel/ids.ts';
import type { Asset } from '#ledger/asset.ts';
import type { Movement, MovementKind } from '#ledger/movement.ts';
import { unknownSubject } from '#operations/subject-state.ts';
import type { WorkingSet } from '#operations/working-set.ts';
import { subjectKey } from '#schema/subject-ledgers.ts';
import { type LabelFact, labelHistoryOf, targetOf } from './label-history.ts';

/** One thing as it was read, or pointed out (then without a code), at one instant. */
export type Reading = Pick<Movement, 'code' | 'namedAssetId' | 'effectiveAt' | 'kind'>;

/** What a reading was of. */
export type WasRead = {
  readonly assetId: AssetId | null;
  /** True where nobody could have known at the time. */
  readonly wasUnknown: boolean;
  /** The later assignment that says what it was; null where none was needed or is there. */
  readonly saidBy: MovementId | null;
};

/**
 * [LB1] [LB2] [LB3] What the code was on when it was read: by the newest fact of the label up to that instant; else
 * what the device took it for; else what the code led to before it was ever assigned; else what it was assigned to
 * afterwards. Assets that are not known here count for nothing, nor do things that are no case where only a case can be
 * meant.
 */
export function whatWasRead(reading: Reading, workingSet: WorkingSet): WasRead {
  const { code, namedAssetId, effectiveAt, kind } = reading;
  const isCandidate = ({ isCase }: Asset) => isCase || !kindsOfCases.has(kind);
  const knownOrNull = (id: AssetId | null) => {
    const asset = id === null ? undefined : workingSet.assetsById.get(id);
    return asset !== undefined && isCandidate(asset) ? asset.id : null;
  };
  const named = knownOrNull(namedAssetId);
  if (code === null) return { assetId: named, wasUnknown: named === null, saidBy: null };
  const state = workingSet.subjectsByKey.get(subjectKey({ ledger: 'labels', id: code }));
  const history = labelHistoryOf(state ?? unknownSubject);
  const past = history.facts.findLast(({ effective_at: at }) => (at ?? '') <= effectiveAt);
  const assetOf = (fact: LabelFact | undefined) => knownOrNull(assetIdOf(targetOf(fact)));
  const original = () => knownOrNull(assetIdOf(baselineTarget(code, workingSet, history.baseline)));
  const before = past === undefined ? (namedAssetId === null ? original() : named) : (assetOf(past) ?? named);
  if (before !== null) return { assetId: before, wasUnknown: false, saidBy: null };
  const later = history.facts.find(
    (fact) => (fact.effective_at ?? '') > effectiveAt && assetOf(fact) !== null,
  );
  return { assetId: assetOf(later), wasUnknown: true, saidBy: (later?.id ?? null) as MovementId | null };
}

/** What is only ever done to a case. */
const kindsOfCases: ReadonlySet<MovementKind> = new Set(['seal', 'open']);

/** [LB2] What a code led to before its first assignment: a label's, or else the asset's whose own code it is. */
export function baselineTarget(
  code: string,
  { assetIdsByCode }: WorkingSet,
  ofLabel: ReturnType<typeof targetOf>,
): ReturnType<typeof targetOf> {
  const own = assetIdsByCode.get(code);
  return ofLabel ?? (own === undefined ? null : { kind: 'asset', id: own });
}

function assetIdOf(target: ReturnType<typeof targetOf>): AssetId | null {
  return target?.kind === 'asset' ? target.id : null;
}
