import { createHash } from 'node:crypto';
import { type TenantTransaction, withTenant } from '@eventkit/database/tenant-transaction.ts';
import type { NewId } from '@eventkit/shared/kernel/ids.ts';
import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import type pg from 'pg';
import type { BlobName, BlobStore } from '#blobs/blob-store.ts';
import { keepBlob } from '#blobs/keep-blob.ts';
import type { Caller } from '#http/caller.ts';
import { readAtMost } from '#http/read-at-most.ts';
import { scopeOf } from '#http/scope-of.ts';
import { readFileName } from './file-name.ts';
import { addVersion, findSubjectKind, hasSubject, holdUsage, insertFile, readUsage } from './file-store.ts';
import { type FileSubject, fileSubjects } from './file-subject.ts';
import { type FileProblem, readFile } from './read-file.ts';

/** A file of its own at a record, or the next version of one. */
export type FileTarget =
  | { readonly tag: 'new'; readonly subject: FileSubject }
  | { readonly tag: 'next'; readonly fileId: string };

export type ReceiveProblem =
  | 'not_found'
  | 'not_permitted'
  | 'bad_name'
  | 'too_large'
  | 'empty'
  | 'no_room'
  | FileProblem;

export type FileCapabilities = {
  readonly pool: pg.Pool;
  readonly blobs: BlobStore;
  readonly newId: NewId;
  /** How many bytes all files of a company may take. */
  readonly fileLimitBytes: number;
};

export const LARGEST_FILE_BYTES = 25 * 1024 * 1024;

/** Takes in a file. Rights, record and name are looked at before the body is read, so that nobody sends it in vain. */
export async function receiveFile(
  capabilities: FileCapabilities,
  caller: Caller,
  target: FileTarget,
  { name: givenName, body }: { readonly name: string; readonly body: ReadableStream<Uint8Array> | null },
): Promise<Result<{ readonly fileId: string; readonly version: number }, ReceiveProblem>> {
  const { pool, blobs } = capabilities;
  const refused = await withTenant(pool, scopeOf(caller), (tx) => mayReceive(tx, caller, target), {
    isReadOnly: true,
  });
  if (refused !== null) return err(refused);
  const name = readFileName(givenName);
  if (name === null) return err('bad_name');
  const sent = await readAtMost(body, LARGEST_FILE_BYTES);
  if (sent === null) return err('too_large');
  if (sent.length === 0) return err('empty');
  const read = readFile(name, sent);
  if (!read.ok) return read;

  const blobName = await keepBlob(capabilities, scopeOf(caller), read.value.bytes, read.value.mediaType);
  // Where this throws, nobody knows whether the row was written: what nothing names is removed later.
  const stored = await store(capabilities, caller, target, { name, blobName, ...read.value });
  if (!stored.ok) await blobs.delete(blobName);
  return stored;
}

async function mayReceive(
  tx: TenantTransaction,
  { permissions }: Caller,
  target: FileTarget,
): Promise<'not_found' | 'not_permitted' | null> {
  const kind = target.tag === 'new' ? target.subject.kind : await findSubjectKind(tx, target.fileId);
  if (kind === null) return 'not_found';
  if (!permissions.includes(fileSubjects[kind].writes)) return 'not_permitted';
  return target.tag === 'next' || (await hasSubject(tx, target.subject)) ? null : 'not_found';
}

function store(
  { pool, newId, fileLimitBytes }: FileCapabilities,
  caller: Caller,
  target: FileTarget,
  file: { name: string; blobName: BlobName; bytes: Uint8Array; mediaType: string },
): Promise<Result<{ readonly fileId: string; readonly version: number }, 'not_found' | 'no_room'>> {
  const { name, blobName, bytes, mediaType } = file;
  return withTenant(pool, scopeOf(caller), async (tx) => {
    await holdUsage(tx);
    if ((await readUsage(tx)).usedBytes + bytes.length > fileLimitBytes) return err('no_room');
    const fileId = target.tag === 'new' ? newId() : target.fileId;
    if (target.tag === 'new') await insertFile(tx, fileId, target.subject, name);
    const version = await addVersion(tx, fileId, {
      ...{ id: newId(), name, mediaType, blobName, userId: caller.userId },
      byteSize: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
    return version === null ? err('not_found') : ok({ fileId, version });
  });
}
