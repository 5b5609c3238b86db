import type { AssetId, OperationId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { ReplicaReader } from '#platform/scanner/find-asset.ts';

/** A code that finds the asset now. */
export type LabelNow = {
  readonly code: string;
  /** The asset's own: it needs no label, and stays. */
  readonly isOwn: boolean;
  /** The fact that put it on; null where it was on it from the beginning. */
  readonly putOn: LabelEntry | null;
};

/** Something that happened to a label of the asset. */
export type LabelEntry = {
  readonly id: string;
  readonly code: string;
  /** elsewhere: from this asset, or from something else, to another thing. */
  readonly kind: 'put_on' | 'taken_off' | 'elsewhere';
  /** The thing it went to; null where it was taken off or the thing is not on this device. */
  readonly thing: string | null;
  readonly at: Instant;
  readonly who: string | null;
  readonly device: string | null;
  readonly isPending: boolean;
  readonly isTakenBack: boolean;
};

export type AssetLabels = { readonly now: readonly LabelNow[]; readonly history: readonly LabelEntry[] };

/** Its own code first. Twice the asset: a join would read every code there is. */
export const CODES_OF_ASSET = `SELECT codes.code,
  codes.code = (SELECT own.code FROM assets own WHERE own.id = ?) AS isOwn
  FROM codes WHERE codes.asset_id = ? ORDER BY isOwn DESC, codes.code`;

/** Everything said of the labels that were ever on the asset, newest first. Three times the asset. */
export const LABEL_FACTS_OF_ASSET = `SELECT f.id, f.value AS code, f.operation_id AS operationId,
  f.asset_id AS assetId, coalesce((SELECT a.code FROM assets a WHERE a.id = f.asset_id),
    (SELECT s.code FROM storage_locations s WHERE s.id = f.location_id)) AS thing,
  f.kind = 'retire_label' AS isOff, f.effective_at AS at, f.received_at AS receivedAt,
  (SELECT u.name FROM users u WHERE u.id = f.recorded_by) AS who,
  (SELECT d.name FROM devices d WHERE d.id = f.device_id) AS device,
  EXISTS (SELECT 1 FROM label_facts_now undone WHERE undone.undoes_operation_id = f.operation_id
    AND undone.device_id = f.device_id) AS isUndone
  FROM label_facts_now f WHERE f.kind <> 'undo' AND f.value IN (
    SELECT value FROM label_facts_now WHERE asset_id = ?
    UNION SELECT value FROM label_facts_now WHERE observed_id = ?
    UNION SELECT value FROM labels_now WHERE asset_id = ?)
  ORDER BY f.effective_at DESC, f.device_id DESC, f.sequence DESC, f.id DESC LIMIT 200`;

type Row = Pick<LabelEntry, 'id' | 'code' | 'thing' | 'at' | 'who' | 'device'> & {
  readonly operationId: OperationId;
  readonly assetId: AssetId | null;
  readonly isOff: number;
  readonly isUndone: number;
  readonly receivedAt: Instant | null;
};

/** The codes that lead to an asset, since when and by whom, and what else happened to its labels. */
export async function readLabels(replica: ReplicaReader, id: AssetId): Promise<AssetLabels> {
  const [codes, rows] = await Promise.all([
    replica.getAll<{ code: string; isOwn: number }>(CODES_OF_ASSET, [id, id]),
    replica.getAll<Row>(LABEL_FACTS_OF_ASSET, [id, id, id]),
  ]);
  const history = rows.map((row) => entryOf(row, id));
  const now = codes.map(({ code, isOwn }) => ({
    code,
    isOwn: isOwn === 1,
    putOn:
      history.find((entry) => entry.code === code && entry.kind === 'put_on' && !entry.isTakenBack) ?? null,
  }));
  return { now, history };
}

function entryOf(
  { operationId: _, assetId, isOff, isUndone, receivedAt, ...row }: Row,
  id: AssetId,
): LabelEntry {
  return {
    ...row,
    kind: isOff === 1 ? 'taken_off' : assetId === id ? 'put_on' : 'elsewhere',
    isPending: receivedAt === null,
    isTakenBack: isUndone === 1,
  };
}
