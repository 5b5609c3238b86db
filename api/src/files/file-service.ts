import type { MessageInitShape } from '@bufbuild/protobuf';
import type { ServiceImpl } from '@connectrpc/connect';
import { type TenantTransaction, withTenant } from '@eventkit/database/tenant-transaction.ts';
import type {
  FileSchema,
  FileService,
  FileSubject as SubjectMessage,
} from '@eventkit/proto/gen/eventkit/v1/files_pb.ts';
import { microsOf } from '@eventkit/shared/kernel/instant.ts';
import type pg from 'pg';
import { type Caller, callerOf } from '#http/caller.ts';
import { connectErrorOf } from '#http/connect-error-of.ts';
import { scopeOf } from '#http/scope-of.ts';
import { signDownload } from './download-link.ts';
import {
  type FileRow,
  findSubjectKind,
  findVersion,
  listFiles,
  readUsage,
  setDeleted,
} from './file-store.ts';
import { type FileSubject, fileSubjects } from './file-subject.ts';

/** Files at records. Which right is asked for depends on the record: that of its kind, to read or to write. */
export function createFileService({
  pool,
  fileLinkKey,
  fileLimitBytes,
}: {
  readonly pool: pg.Pool;
  readonly fileLinkKey: Uint8Array;
  readonly fileLimitBytes: number;
}): ServiceImpl<typeof FileService> {
  const change = (caller: Caller, fileId: string, isDeleted: boolean) =>
    withTenant(pool, scopeOf(caller), async (tx) => {
      await demand(tx, caller, fileId, 'writes');
      await setDeleted(tx, fileId, isDeleted);
      return {};
    });
  return {
    async listFiles({ subject: given, withDeleted }, context) {
      const caller = callerOf(context);
      const subject = subjectOf(given);
      const { reads, writes } = fileSubjects[subject.kind];
      if (!caller.permissions.includes(reads)) throw connectErrorOf({ tag: 'not_permitted' });
      const [files, usage] = await withTenant(
        pool,
        scopeOf(caller),
        async (tx) => [await listFiles(tx, subject, withDeleted), await readUsage(tx)] as const,
        { isReadOnly: true },
      );
      return {
        files: files.map(messageOf),
        usedBytes: BigInt(usage.usedBytes),
        ...(usage.shareBytes === null ? {} : { shareBytes: BigInt(usage.shareBytes) }),
        limitBytes: BigInt(fileLimitBytes),
        mayChange: caller.permissions.includes(writes),
      };
    },

    async createDownload({ fileId: given, version }, context) {
      const caller = callerOf(context);
      const { tenantId, userId } = caller;
      const wanted = { fileId: given.toLowerCase(), version, userId };
      const found = await withTenant(
        pool,
        scopeOf(caller),
        async (tx) => {
          await demand(tx, caller, wanted.fileId, 'reads');
          return findVersion(tx, wanted);
        },
        { isReadOnly: true },
      );
      if (found === null) throw connectErrorOf({ tag: 'not_found', what: 'file', field: 'version' });
      return { path: await signDownload(fileLinkKey, { tenantId, ...wanted }) };
    },

    deleteFile: ({ fileId }, context) => change(callerOf(context), fileId.toLowerCase(), true),
    restoreFile: ({ fileId }, context) => change(callerOf(context), fileId.toLowerCase(), false),
  };
}

/** Throws for files of nobody, then for those of a record that the caller has no such right to. */
async function demand(
  tx: TenantTransaction,
  { permissions }: Caller,
  fileId: string,
  act: 'reads' | 'writes',
): Promise<void> {
  const kind = await findSubjectKind(tx, fileId);
  if (kind === null) throw connectErrorOf({ tag: 'not_found', what: 'file', field: 'file_id' });
  if (!permissions.includes(fileSubjects[kind][act])) throw connectErrorOf({ tag: 'not_permitted' });
}

function subjectOf(given: SubjectMessage | undefined): FileSubject {
  const subject = given?.subject;
  switch (subject?.case) {
    case 'assetId':
      return { kind: 'asset', id: subject.value.toLowerCase() };
    case 'productId':
      return { kind: 'product', id: subject.value.toLowerCase() };
    case 'eventId':
      return { kind: 'event', id: subject.value.toLowerCase() };
    default:
      throw new Error('a request that was not looked at');
  }
}

function messageOf({
  id,
  name,
  deletedAt,
  purgedAt,
  versions,
}: FileRow): MessageInitShape<typeof FileSchema> {
  return {
    id,
    name,
    versions: versions.map(({ uploadedAt, ...version }) => ({
      ...version,
      uploadedAtMicros: microsOf(uploadedAt),
    })),
    ...(deletedAt === null ? {} : { deletedAtMicros: microsOf(deletedAt) }),
    ...(purgedAt === null ? {} : { purgedAtMicros: microsOf(purgedAt) }),
  };
}
