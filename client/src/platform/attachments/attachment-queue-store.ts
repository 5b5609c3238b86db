import type { AttachmentMediaType } from '@eventkit/shared/attachments/attachment.ts';
import { filesOf } from '@eventkit/shared/attachments/attachments-of.ts';
import type { AttachmentId } from '@eventkit/shared/kernel/ids.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { Operation } from '@eventkit/shared/operations/operation.ts';
import type { Replica, ReplicaTransaction } from '#platform/replica/replica.ts';
import type { TakenAttachment } from './taken-attachment.ts';

/**
 * Keeps the bytes of every file that the operation names, in the transaction that records it: no operation ever names
 * bytes that a power cut could take. A file without bytes is a bug.
 */
export async function queueAttachments(
  tx: Pick<ReplicaTransaction, 'execute'>,
  operation: Operation,
  taken: readonly TakenAttachment[],
): Promise<void> {
  for (const file of filesOf(operation.intent)) {
    const bytes = taken.find((one) => one.file.id === file.id)?.bytes;
    if (bytes === undefined) throw new Error(`attachment ${file.id} was named without its bytes`);
    await tx.execute(
      `INSERT INTO attachment_queue
         (id, operation_id, kind, media_type, byte_size, width, height, taken_at, state, kept_at, bytes)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'queued_upload', ?, ?)`,
      [
        ...[file.id, operation.id, file.kind, file.mediaType, file.byteSize, file.width, file.height],
        ...[file.takenAt, operation.recordedAt, bytes],
      ],
    );
  }
}

/** Bytes that lie on this device. */
export type LocalFile = {
  readonly id: AttachmentId;
  readonly mediaType: AttachmentMediaType;
  readonly bytes: Uint8Array<ArrayBuffer>;
};

/** How old an attempt must be before a file is sent again. */
export type RepeatUploadBefore = {
  /** For what the server has taken and does not show yet. */
  readonly synced: Instant;
  /** For what it would not take. */
  readonly notTaken: Instant;
};

/**
 * The oldest file to go up: the server knows its operation and is without its bytes, whoever took it. Null where there
 * is none.
 */
export async function readNextUpload(
  replica: Replica,
  before: RepeatUploadBefore,
  skipped: readonly AttachmentId[],
): Promise<LocalFile | null> {
  return replica.getOptional<LocalFile>(
    `SELECT queue.id, queue.media_type AS mediaType, queue.bytes FROM attachment_queue AS queue
      WHERE queue.id = (
        SELECT due.id FROM attachment_queue AS due
          JOIN attachments ON attachments.id = due.id AND attachments.uploaded_at IS NULL
         WHERE (due.state = 'queued_upload'
            OR due.last_attempt_at < CASE due.state WHEN 'not_taken' THEN ? ELSE ? END)
           AND due.id NOT IN (SELECT value FROM json_each(?))
         ORDER BY due.taken_at, due.id LIMIT 1)`,
    [before.notTaken, before.synced, JSON.stringify(skipped)],
  );
}

/** Notes an attempt; `problem` is null where the server has the bytes now. */
export async function markUpload(
  replica: Replica,
  id: AttachmentId,
  {
    state,
    problem,
    at,
  }: { readonly state: UploadState; readonly problem: string | null; readonly at: Instant },
): Promise<void> {
  await replica.execute(
    `UPDATE attachment_queue SET state = ?, attempts = attempts + 1, last_attempt_at = ?, last_problem = ? WHERE id = ?`,
    [state, at, problem?.slice(0, 500) ?? null, id],
  );
}

export type UploadState = 'queued_upload' | 'not_taken' | 'synced';

export async function readLocalFile(replica: Replica, id: AttachmentId): Promise<LocalFile | null> {
  return replica.getOptional<LocalFile>(
    'SELECT id, media_type AS mediaType, bytes FROM attachment_queue WHERE id = ?',
    [id],
  );
}

/** Keeps what came down, as long as the server still speaks of it. */
export async function keepDownloaded(replica: Replica, { id, bytes }: LocalFile, at: Instant): Promise<void> {
  await replica.execute(
    `INSERT INTO attachment_queue
       (id, operation_id, kind, media_type, byte_size, width, height, taken_at, state, last_attempt_at, kept_at, bytes)
     SELECT id, operation_id, kind, media_type, ?, width, height, taken_at, 'synced', ?, ?, ? FROM attachments
      WHERE id = ? ON CONFLICT (id) DO NOTHING`,
    [bytes.byteLength, at, at, bytes, id],
  );
}

/** Files that the server has too are kept up to this. */
export const MOST_KEPT_BYTES = 200_000_000;

/** Lets go of the files kept longest where all together are more than `mostBytes`; of none that is only here. */
export async function evictFiles(replica: Replica, mostBytes: number): Promise<void> {
  await replica.execute(
    `DELETE FROM attachment_queue WHERE id IN (
       SELECT id FROM (
         SELECT queue.id, sum(queue.byte_size) OVER (ORDER BY queue.kept_at DESC, queue.id) AS bytes_up_to
           FROM attachment_queue AS queue
           JOIN attachments ON attachments.id = queue.id AND attachments.uploaded_at IS NOT NULL)
        WHERE bytes_up_to > ?)`,
    [mostBytes],
  );
}

/** How many files have still to go up, as a sub-select. Those of a refused operation never do: nobody else knows them. */
export const waitingPhotoCount = `(SELECT count(*) FROM attachment_queue
  WHERE attachment_queue.state IN ('queued_upload', 'not_taken') AND NOT EXISTS (
    SELECT 1 FROM operations
     WHERE operations.id = attachment_queue.operation_id AND operations.verdict = 'refused'))`;
