import { attachmentsOf } from '@eventkit/shared/attachments/attachments-of.ts';
import type { DecidedOperation } from './decided-operation.ts';

/** The attachments of decided operations as rows of their table, in the order in which they were named. */
export function attachmentRows(decided: readonly DecidedOperation[]) {
  return decided.flatMap(({ operation, decision }) =>
    attachmentsOf(operation, decision.verdict).map((attachment) => ({
      row: {
        id: attachment.id as string,
        operation_id: attachment.operationId,
        kind: attachment.kind,
        media_type: attachment.mediaType,
        byte_size: attachment.byteSize,
        sha256: attachment.sha256,
        width: attachment.width,
        height: attachment.height,
        taken_at: attachment.takenAt,
      },
      cause: { operationId: operation.id, recordedBy: operation.recordedBy },
    })),
  );
}
