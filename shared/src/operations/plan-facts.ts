import type { Instant } from '#kernel/instant.ts';
import { err, ok, type Result } from '#kernel/result.ts';
import { readingKey } from '#labels/retarget.ts';
import { thingsOfOperation } from '#labels/things-of-operation.ts';
import type { Movement } from '#ledger/movement.ts';
import { knownPlace } from './known-place.ts';
import type { AssetIntent, ScannedAsset } from './operation.ts';
import { type Details, type StatedFacts, statedFacts } from './stated-facts.ts';
import type { Reason, WorkingSet } from './working-set.ts';

/** One fact that an intent states about one asset, before it is stamped with who, where and when. */
export type PlannedFact = Details &
  Pick<Movement, 'assetId' | 'code' | 'namedAssetId' | 'kind' | 'effectiveAt' | 'observed' | 'to'>;

/** [OP2] [OP3] [OP4] [OP5] What an intent states, about all its assets or, until they are known, about none. */
export function planFacts(
  intent: AssetIntent,
  workingSet: WorkingSet,
  effectiveAt: Instant,
): Result<readonly PlannedFact[], Reason> {
  const stated = statedFacts(intent);
  const { to } = stated;
  const unknown = [...stated.besides, to].map((place) => problemOf(place, workingSet)).find(Boolean);
  if (unknown) return err(unknown);
  if (to === 'untold') return err('unknown_location');
  if (namesNoCase(stated, workingSet)) return err('not_a_case');
  const { kind } = intent;
  const readings = distinctReadings(stated, workingSet).map((one) => ({ ...one, kind, effectiveAt }));
  const things = thingsOfOperation(readings, workingSet);
  return ok(
    readings.map((reading, index) => ({ ...stated.details, ...reading, to, assetId: things[index] ?? null })),
  );
}

/** [OP5] What was scanned, each code and each thing that was pointed out once. */
function distinctReadings({ scanned }: StatedFacts, workingSet: WorkingSet) {
  const readings = scanned.map((one) => ({
    code: codeRead(one, workingSet),
    namedAssetId: one.assetId,
    observed: one.observed,
  }));
  const byKey = Map.groupBy(readings, readingKey);
  return [...byKey.values()].flatMap(([first]) => first ?? []);
}

/** Null for what was pointed out by hand; where this company has no such asset, its code is all there is. */
function codeRead({ code, assetId, isByHand }: ScannedAsset, { assetsById }: WorkingSet): string | null {
  return isByHand === true && assetId !== null && assetsById.has(assetId) ? null : code;
}

/** [OP3] What the device itself took for no case; what labels say later is another matter (LB2). */
function namesNoCase({ isOfCases, scanned }: StatedFacts, { assetsById }: WorkingSet): boolean {
  return (
    isOfCases && scanned.some(({ assetId }) => assetId !== null && assetsById.get(assetId)?.isCase === false)
  );
}

function problemOf(place: StatedFacts['to'], workingSet: WorkingSet): Reason | null {
  if (place === null || place === 'untold') return null;
  const known = knownPlace(place, workingSet);
  return known.ok ? null : known.error;
}
