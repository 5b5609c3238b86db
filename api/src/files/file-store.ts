import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { BlobName } from '#blobs/blob-store.ts';
import { type FileSubject, type FileSubjectKind, fileSubjects } from './file-subject.ts';

export type FileRow = {
  readonly id: string;
  readonly name: string;
  readonly deletedAt: Instant | null;
  /** From when on it is removed for good. */
  readonly purgedAt: Instant | null;
  /** Newest first. */
  readonly versions: readonly VersionRow[];
};

export type VersionRow = {
  readonly version: number;
  readonly name: string;
  readonly mediaType: string;
  readonly byteSize: number;
  readonly uploadedAt: Instant;
  readonly uploadedBy: string;
};

/** A version to be added. */
export type NewVersion = {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  readonly byteSize: number;
  readonly sha256: string;
  readonly blobName: BlobName;
  readonly userId: string;
};

const SUBJECT_KIND = `CASE WHEN f.asset_id IS NOT NULL THEN 'asset' WHEN f.product_id IS NOT NULL THEN 'product' ELSE 'event' END`;

/** Those in the list by name, then those set aside where they are asked for. */
export async function listFiles(
  tx: TenantTransaction,
  { kind, id }: FileSubject,
  withDeleted: boolean,
): Promise<readonly FileRow[]> {
  const { rows } = await tx.query<Omit<FileRow, 'versions'> & VersionRow & { readonly fileName: string }>(
    `SELECT f.id, f.name AS "fileName",  f.deleted_at AS "deletedAt",
       f.deleted_at + make_interval(days => t.trash_days) AS "purgedAt", v.version, v.name, v.media_type AS "mediaType",
       v.byte_size AS "byteSize", v.uploaded_at AS "uploadedAt", u.name AS "uploadedBy"
     FROM files f
     JOIN tenants t ON t.id = f.tenant_id
     JOIN file_versions v ON v.tenant_id = f.tenant_id AND v.file_id = f.id
     JOIN users u ON u.tenant_id = v.tenant_id AND u.id = v.uploaded_by
     WHERE f.${fileSubjects[kind].column} = $1 AND ($2 OR f.deleted_at IS NULL)
     ORDER BY f.deleted_at IS NOT NULL, lower(f.name), f.id, v.version DESC`,
    [id, withDeleted],
  );
  const files = new Map<string, FileRow & { versions: VersionRow[] }>();
  for (const { id: fileId, fileName, deletedAt, purgedAt, ...version } of rows) {
    const file = files.get(fileId) ?? { id: fileId, name: fileName, deletedAt, purgedAt, versions: [] };
    file.versions.push(version);
    files.set(fileId, file);
  }
  return [...files.values()];
}

/** Which record a file is kept with; null for ids of nobody and of other companies. */
export async function findSubjectKind(
  tx: TenantTransaction,
  fileId: string,
): Promise<FileSubjectKind | null> {
  const { rows } = await tx.query<{ kind: FileSubjectKind }>(
    `SELECT ${SUBJECT_KIND} AS kind FROM files f WHERE id = $1`,
    [fileId],
  );
  return rows[0]?.kind ?? null;
}

/** False where there is no such record in this company. */
export async function hasSubject(tx: TenantTransaction, { kind, id }: FileSubject): Promise<boolean> {
  const { rowCount } = await tx.query(`SELECT FROM ${kind}s WHERE id = $1`, [id]);
  return rowCount === 1;
}

/** A version to give out; null where its file was set aside, or whom it is for was shut out. */
export async function findVersion(
  tx: TenantTransaction,
  { fileId, version, userId }: { readonly fileId: string; readonly version: number; readonly userId: string },
): Promise<{ readonly name: string; readonly mediaType: string; readonly blobName: BlobName } | null> {
  const { rows } = await tx.query<{ name: string; mediaType: string; blobName: BlobName }>(
    `SELECT v.name, v.media_type AS "mediaType", v.blob_name AS "blobName"
     FROM file_versions v JOIN files f ON f.tenant_id = v.tenant_id AND f.id = v.file_id
     WHERE v.file_id = $1 AND v.version = $2 AND f.deleted_at IS NULL
       AND EXISTS (SELECT FROM users u WHERE u.id = $3 AND u.deactivated_at IS NULL)`,
    [fileId, version, userId],
  );
  return rows[0] ?? null;
}

/** A file, still without a version. */
export async function insertFile(
  tx: TenantTransaction,
  id: string,
  { kind, id: subjectId }: FileSubject,
  name: string,
): Promise<void> {
  await tx.query(
    `INSERT INTO files (tenant_id, id, ${fileSubjects[kind].column}, name) VALUES (current_tenant_id(), $1, $2, $3)`,
    [id, subjectId, name],
  );
}

/** Adds the next version and calls the file after it. Answers its number; null where the file was set aside meanwhile. */
export async function addVersion(
  tx: TenantTransaction,
  fileId: string,
  version: NewVersion,
): Promise<number | null> {
  // Whoever adds to the same file waits here, so that no number is given twice.
  const { rowCount } = await tx.query('UPDATE files SET name = $2 WHERE id = $1 AND deleted_at IS NULL', [
    fileId,
    version.name,
  ]);
  if (rowCount === 0) return null;
  const { id, name, mediaType, byteSize, sha256, blobName, userId } = version;
  const { rows } = await tx.query<{ version: number }>(
    `INSERT INTO file_versions
       (tenant_id, id, file_id, version, name, media_type, byte_size, sha256, blob_name, uploaded_by)
     SELECT current_tenant_id(), $1, $2, 1 + coalesce(max(v.version), 0), $3, $4, $5, $6, $7, $8
     FROM file_versions v WHERE v.file_id = $2
     RETURNING version`,
    [id, fileId, name, mediaType, byteSize, sha256, blobName, userId],
  );
  return rows[0]?.version ?? null;
}

/** False for ids of nobody. */
export async function setDeleted(tx: TenantTransaction, id: string, isDeleted: boolean): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE files SET deleted_at = CASE WHEN $2 THEN coalesce(deleted_at, now()) END WHERE id = $1`,
    [id, isDeleted],
  );
  return rowCount === 1;
}

/** Bytes that all of the company's files take, and how many it has set itself as its share. */
export async function readUsage(
  tx: TenantTransaction,
): Promise<{ readonly usedBytes: number; readonly shareBytes: number | null }> {
  const { rows } = await tx.query<{ usedBytes: number; shareBytes: number | null }>(
    `SELECT (SELECT coalesce(sum(byte_size), 0)::bigint FROM file_versions) AS "usedBytes",
       (SELECT quota_storage_megabytes::bigint * 1048576 FROM tenants) AS "shareBytes"`,
  );
  return rows[0] ?? { usedBytes: 0, shareBytes: null };
}

/** Holds others of the company back who add bytes, until this transaction ends: or two could use the last of them. */
export async function holdUsage(tx: TenantTransaction): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('files of ' || current_tenant_id(), 0))`);
}
