import type { AssetId, ConflictId, EventId, MovementId, OperationId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';

/** About one asset, derived from its movements. */
export type AssetConflictClass = 'double_check_out' | 'two_cases' | 'blocked_went_out' | 'case_in_itself';

/** About a subject of another kind, derived from its facts. */
export type SubjectConflictClass =
  | 'bulk_short'
  | 'truck_changed'
  | 'same_field'
  | 'deleted_and_edited'
  | 'unknown_code'
  | 'label_on_two';

export type ConflictClass = AssetConflictClass | SubjectConflictClass;

/** Two facts that cannot both hold, or a fact that needs a person. Derived. */
export type Conflict = {
  readonly id: ConflictId;
  readonly class: ConflictClass;
  /** settled: a later fact about the same asset answered it. */
  readonly status: 'open' | 'settled';
  readonly assetId: AssetId | null;
  /** For case_in_itself: the case that the asset was to go into. */
  readonly otherAssetId: AssetId | null;
  readonly firstMovementId: MovementId | null;
  /** The later fact. It stands, except for case_in_itself, where it lost its nesting. */
  readonly secondMovementId: MovementId | null;
  readonly settledByMovementId: MovementId | null;
  /** For an unknown code: the operation that saw it. */
  readonly operationId: OperationId | null;
  readonly eventId: EventId | null;
  readonly code: string | null;
  /** Where it is about no asset: the key of the subject whose facts it was derived from. */
  readonly subject: string | null;
  /** What else the words need, as JSON text; its shape is the class's own. */
  readonly detail: string | null;
  readonly openedAt: Instant;
};

/** True where nothing differs. */
export function sameConflict(a: Conflict, b: Conflict | undefined): boolean {
  return b !== undefined && (Object.keys(a) as (keyof Conflict)[]).every((name) => a[name] === b[name]);
}
