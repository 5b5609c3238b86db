import type { AttachmentKind } from '@eventkit/shared/attachments/attachment.ts';
import type { EditableTableName } from '@eventkit/shared/edits/editable-tables.ts';
import type { OperationId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { PlaceKind } from '@eventkit/shared/ledger/asset-state.ts';
import type { Disposition, InspectionOutcome, Verdict } from '@eventkit/shared/operations/operation.ts';
import type { Reason } from '@eventkit/shared/operations/working-set.ts';
import { waitingPhotoCount } from '#platform/attachments/attachment-queue-store.ts';
import { titleOfEdited } from '#platform/edits/edit-queries.ts';

export type OwnOperationRow = {
  readonly id: OperationId;
  readonly sequence: number;
  readonly kind: string;
  readonly recordedAt: Instant;
  readonly state: 'waiting' | 'answered' | 'kept_unread' | 'not_taken' | 'settled';
  readonly verdict: Verdict | null;
  readonly reason: Reason | null;
  readonly attempts: number | null;
  /** False where only the server's row is left of it. */
  readonly hasIntent: number;
  readonly code: string | null;
  readonly disposition: Disposition | null;
  readonly outcome: InspectionOutcome | null;
  readonly memberCount: number | null;
  readonly placeName: string | null;
  readonly recordedByName: string | null;
  /** Photos or signatures that only this device has. */
  readonly waitingFileCount: number;
  /** Of these, those that the server would not have. */
  readonly refusedFileCount: number;
  /** What they are; of one operation they are all alike. */
  readonly fileKind: AttachmentKind | null;
  /** Of loose pieces: which, how many, from where and to where. */
  readonly productName: string | null;
  readonly quantity: number | null;
  readonly fromKind: PlaceKind | null;
  readonly fromName: string | null;
  readonly toKind: PlaceKind | null;
  readonly toName: string | null;
  /** Of a stocktake: its name, and how many lines it was said of. */
  readonly stocktakeName: string | null;
  readonly lineCount: number | null;
  /** Of an edit: in which table, what its row is called, and the fields as JSON of `FieldEdit` or `NamedValue`. */
  readonly editedTable: EditableTableName | null;
  readonly editedTitle: string | null;
  readonly edits: string | null;
};

const nameOf = (id: string) => `coalesce(
         (SELECT e.name FROM events_now e WHERE e.id = ${id}),
         (SELECT s.code FROM storage_locations s WHERE s.id = ${id}),
         (SELECT v.name FROM vehicles v WHERE v.id = ${id}),
         (SELECT c.code FROM assets_now c WHERE c.id = ${id}))`;

/** Operations of this device, newest first. One parameter: how many. */
export const OWN_OPERATIONS = `
SELECT o.id, o.sequence, o.kind, o.recorded_at AS recordedAt, o.state, o.verdict, o.reason, o.attempts,
       o.intent IS NOT NULL AS hasIntent,
       coalesce(o.intent ->> '$.asset.code', o.intent ->> '$.code',
         (SELECT a.code FROM assets_now a WHERE a.id = o.intent ->> '$.assetId')) AS code,
       o.intent ->> '$.disposition' AS disposition,
       o.intent ->> '$.outcome' AS outcome,
       json_array_length(o.intent, '$.members') AS memberCount,
       coalesce(
         (SELECT v.name FROM vehicles v WHERE v.id IN (o.intent ->> '$.vehicleId', o.intent ->> '$.place.id')),
         (SELECT e.name FROM events_now e WHERE e.id IN (o.intent ->> '$.eventId', o.intent ->> '$.place.id')),
         (SELECT c.code FROM assets_now c WHERE c.id IN (o.intent ->> '$.caseId', o.intent ->> '$.place.id', o.intent ->> '$.target.id')),
         (SELECT s.code FROM storage_locations s WHERE s.id IN (o.intent ->> '$.locationId', o.intent ->> '$.place.id', o.intent ->> '$.target.id'))
       ) AS placeName,
       (SELECT u.name FROM users u WHERE u.id = o.recorded_by) AS recordedByName,
       (SELECT count(*) FROM attachment_queue q WHERE q.operation_id = o.id AND q.state <> 'synced') AS waitingFileCount,
       (SELECT count(*) FROM attachment_queue q WHERE q.operation_id = o.id AND q.state = 'not_taken') AS refusedFileCount,
       (SELECT min(q.kind) FROM attachment_queue q WHERE q.operation_id = o.id AND q.state <> 'synced') AS fileKind,
       (SELECT p.name FROM products p WHERE p.id = o.intent ->> '$.productId') AS productName,
       o.intent ->> '$.quantity' AS quantity,
       o.intent ->> '$.from.kind' AS fromKind, ${nameOf("o.intent ->> '$.from.id'")} AS fromName,
       coalesce(o.intent ->> '$.name',
         (SELECT t.name FROM stocktakes_now t WHERE t.id = o.intent ->> '$.stocktakeId')) AS stocktakeName,
       coalesce(json_array_length(o.intent, '$.things'), json_array_length(o.intent, '$.adjustments')) AS lineCount,
       o.intent ->> '$.table' AS editedTable,
       CASE WHEN o.intent ->> '$.rowId' IS NOT NULL THEN coalesce(${titleOfEdited("o.intent ->> '$.table'", "o.intent ->> '$.rowId'")},
         (SELECT p.name FROM json_each(o.intent, '$.values') v JOIN products p ON p.id = v.value ->> '$.value'
           WHERE v.value ->> '$.field' = 'product_id')) END AS editedTitle,
       coalesce(o.intent -> '$.edits', o.intent -> '$.values') AS edits,
       o.intent ->> '$.to.kind' AS toKind, ${nameOf("o.intent ->> '$.to.id'")} AS toName
  FROM own_operations o ORDER BY o.recorded_at DESC, o.sequence DESC LIMIT ?`;

export type OwnOperationCounts = {
  readonly waiting: number;
  /** Of those that wait, what the server has not taken. */
  readonly unsent: number;
  readonly settled: number;
  readonly waitingFiles: number;
};

export const OWN_OPERATION_COUNTS = `
SELECT count(*) FILTER (WHERE state <> 'settled') AS waiting,
       count(*) FILTER (WHERE state NOT IN ('settled', 'answered')) AS unsent,
       count(*) FILTER (WHERE state = 'settled') AS settled,
       ${waitingPhotoCount} AS waitingFiles FROM own_operations`;
