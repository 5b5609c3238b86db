import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import type { AttachmentKind, AttachmentMediaType } from '@eventkit/shared/attachments/attachment.ts';
import type { BlobName } from '#blobs/blob-store.ts';

export type AttachmentRow = {
  readonly kind: AttachmentKind;
  readonly mediaType: AttachmentMediaType;
  readonly byteSize: number;
  readonly sha256: string;
  /** Null until the bytes are here. */
  readonly blobName: BlobName | null;
};

/** Ids of other tenants are out of sight. */
export async function findAttachment(tx: TenantTransaction, id: string): Promise<AttachmentRow | null> {
  const { rows } = await tx.query<AttachmentRow>(
    `SELECT kind, media_type AS "mediaType", byte_size AS "byteSize", sha256, blob_name AS "blobName"
     FROM attachments WHERE id = $1`,
    [id],
  );
  return rows[0] ?? null;
}

/** False where somebody was faster. */
export async function noteUploaded(
  tx: TenantTransaction,
  id: string,
  { blobName, uploadedAt }: { readonly blobName: BlobName; readonly uploadedAt: string },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    'UPDATE attachments SET blob_name = $2, uploaded_at = $3 WHERE id = $1 AND uploaded_at IS NULL',
    [id, blobName, uploadedAt],
  );
  return rowCount === 1;
}
