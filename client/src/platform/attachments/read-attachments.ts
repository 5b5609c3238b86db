import type { AttachmentKind } from '@eventkit/shared/attachments/attachment.ts';
import type { AttachmentId, OperationId } from '@eventkit/shared/kernel/ids.ts';
import type { ReplicaReader } from '#platform/scanner/find-asset.ts';

/** A file as a screen shows it. */
export type ShownAttachment = {
  readonly id: AttachmentId;
  readonly kind: AttachmentKind;
  readonly width: number;
  readonly height: number;
  /** Whether its bytes lie on this device. */
  readonly isHere: boolean;
  /** Whether the server has them. */
  readonly isUploaded: boolean;
};

export const ATTACHMENTS_OF_OPERATIONS = `SELECT a.id, a.operation_id AS operationId, a.kind, a.width, a.height,
  a.is_here AS isHere, a.uploaded_at IS NOT NULL AS isUploaded
  FROM attachments_now a WHERE a.operation_id IN (SELECT value FROM json_each(?))`;

type Row = Omit<ShownAttachment, 'isHere' | 'isUploaded'> & {
  readonly operationId: OperationId;
  readonly isHere: number;
  readonly isUploaded: number;
};

/** The files of operations, in the order in which they were taken. */
export async function readAttachments(
  replica: ReplicaReader,
  operationIds: readonly OperationId[],
): Promise<(operationId: OperationId) => readonly ShownAttachment[]> {
  const rows = await replica.getAll<Row>(ATTACHMENTS_OF_OPERATIONS, [
    JSON.stringify([...new Set(operationIds)]),
  ]);
  // Ids are made by time.
  const sorted = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const byOperationId = Map.groupBy(sorted, (row) => row.operationId);
  return (operationId) =>
    (byOperationId.get(operationId) ?? []).map(({ operationId: _, isHere, isUploaded, ...row }) => ({
      ...row,
      isHere: isHere === 1,
      isUploaded: isUploaded === 1,
    }));
}
