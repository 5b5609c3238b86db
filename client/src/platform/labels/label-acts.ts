import { ok, type Result } from '@eventkit/shared/kernel/result.ts';
import type { LabelTarget } from '@eventkit/shared/labels/label-intents.ts';
import type { RecordError, RecordedOperation } from '#platform/operations/recorded-operation.ts';
import type { Platform } from '#platform/platform.ts';
import type { ReplicaReader } from '#platform/scanner/find-asset.ts';

export type LabelCapabilities = {
  readonly replica: ReplicaReader;
  readonly recordOperation: Platform['recordOperation'];
};

type Recorded = Promise<Result<RecordedOperation | null, RecordError>>;

/** Says what a label is on, also where it says so already: what two people said of it is settled by that. */
export async function sayAgain(
  { replica, recordOperation }: LabelCapabilities,
  code: string,
  target: LabelTarget,
): Promise<Result<RecordedOperation, RecordError>> {
  const observed = await readTarget(replica, code);
  return recordOperation({ kind: 'assign_label', code, target, observed });
}

/**
 * A label with this code is on this thing from now on, wherever it was before: said with what this device saw the code
 * lead to. Null where it led there already, and nothing is to be recorded.
 */
export async function assignLabel(
  capabilities: LabelCapabilities,
  code: string,
  target: LabelTarget,
): Recorded {
  const now = await readTarget(capabilities.replica, code);
  if (now?.kind === target.kind && now.id === target.id) return ok(null);
  return sayAgain(capabilities, code, target);
}

/** The label was taken off its thing. Null where the code leads nowhere already. */
export async function retireLabel({ replica, recordOperation }: LabelCapabilities, code: string): Recorded {
  const observed = await readTarget(replica, code);
  return observed === null ? ok(null) : recordOperation({ kind: 'retire_label', code, observed });
}

/** True where what was recorded left something about its thing for a person to look at. */
export function opensConflict({ decision }: RecordedOperation, target: LabelTarget): boolean {
  return decision.effects.conflicts.some(
    ({ status, assetId, class: conflictClass }) =>
      status === 'open' && (assetId === target.id || conflictClass === 'label_on_two'),
  );
}

export const TARGET_OF_CODE =
  'SELECT asset_id AS assetId, location_id AS locationId FROM codes WHERE code = ? LIMIT 1';

/** What a code leads to on this device: its label's thing, or the asset whose own code it is. */
export async function readTarget(replica: ReplicaReader, code: string): Promise<LabelTarget | null> {
  const row = await replica.getOptional<{ assetId: string | null; locationId: string | null }>(
    TARGET_OF_CODE,
    [code],
  );
  if (row?.assetId) return { kind: 'asset', id: row.assetId } as LabelTarget;
  if (row?.locationId) return { kind: 'location', id: row.locationId } as LabelTarget;
  return null;
}
