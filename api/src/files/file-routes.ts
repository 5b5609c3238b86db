import { withTenant } from '@eventkit/database/tenant-transaction.ts';
import { isUuid } from '@eventkit/shared/kernel/ids.ts';
import { Hono } from 'hono';
import type { Logger } from 'pino';
import type { Authentication } from '#http/authenticate.ts';
import type { RateLimiter } from '#http/limits/rate-limiter.ts';
import { type DoorRefusal, plainCallerOf, statusOfDoor } from '#http/plain-caller.ts';
import type { PlainBindings, PlainContext } from '#http/plain-request.ts';
import { openDownload } from './download-link.ts';
import { asAttachment } from './file-name.ts';
import { findVersion } from './file-store.ts';
import { isFileSubjectKind } from './file-subject.ts';
import {
  type FileCapabilities,
  type FileTarget,
  LARGEST_FILE_BYTES,
  type ReceiveProblem,
  receiveFile,
} from './receive-file.ts';

type Refusal = ReceiveProblem | DoorRefusal;

const statusOf = {
  ...statusOfDoor,
  not_permitted: 403,
  not_found: 404,
  too_large: 413,
  no_room: 507,
  bad_name: 422,
  empty: 422,
  kind_not_taken: 422,
  other_kind: 422,
  with_macros: 422,
  not_a_picture: 422,
  damaged: 422,
  too_many_pixels: 422,
  archive_damaged: 422,
  archive_unsafe: 422,
} as const satisfies Record<Refusal, number>;

/** The bytes of files: in for people and keys who may write the record, out by links that end after two minutes. */
export function fileRoutes(
  capabilities: FileCapabilities & {
    readonly log: Logger;
    readonly authentication: Authentication;
    readonly limiter: RateLimiter;
    /** Signs links; 32 bytes. */
    readonly fileLinkKey: Uint8Array;
  },
): Hono<PlainBindings> {
  const { pool, blobs, log, fileLinkKey } = capabilities;
  const receive = async (c: PlainContext, target: FileTarget | null) => {
    const caller = await plainCallerOf(c, capabilities, 'screens');
    if (typeof caller === 'string') return refuse(c, caller);
    if (target === null) return refuse(c, 'not_found');
    if (Number(c.req.header('content-length') ?? 0) > LARGEST_FILE_BYTES) return refuse(c, 'too_large');
    const file = { name: c.req.query('name') ?? '', body: c.req.raw.body };
    const received = await receiveFile(capabilities, caller, target, file);
    if (received.ok) return c.json(received.value, 201);
    const { tenantId, userId, requestId } = caller;
    log.warn({ problem: received.error, tenantId, userId, requestId }, 'file refused');
    return refuse(c, received.error);
  };
  return new Hono<PlainBindings>()
    .post('/files', (c) => receive(c, newFileOf(c.req.query('subject') ?? '', c.req.query('id') ?? '')))
    .post('/files/:id/versions', (c) => {
      const fileId = c.req.param('id');
      return receive(c, isUuid(fileId) ? { tag: 'next', fileId } : null);
    })
    .get('/files/download/:token', async (c) => {
      const link = await openDownload(fileLinkKey, c.req.param('token'));
      if (link === null) return refuse(c, 'not_found');
      const { tenantId, userId } = link;
      const scope = { tenantId, userId, deviceId: null, operationId: null, requestId: null };
      const found = await withTenant(pool, scope, (tx) => findVersion(tx, link), { isReadOnly: true });
      const bytes = found === null ? null : await blobs.get(found.blobName);
      if (found === null || bytes === null) return refuse(c, 'not_found');
      return c.body(bytes, 200, headersOf(found));
    });
}

function newFileOf(kind: string, id: string): FileTarget | null {
  return isFileSubjectKind(kind) && isUuid(id) ? { tag: 'new', subject: { kind, id } } : null;
}

/** Whatever the bytes were to be taken for: a file to keep, that may load, run and frame nothing. */
function headersOf({ name, mediaType }: { readonly name: string; readonly mediaType: string }) {
  return {
    'content-type': mediaType,
    'content-disposition': asAttachment(name),
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  };
}

function refuse(c: PlainContext, error: Refusal) {
  return c.json({ error }, statusOf[error], { 'cache-control': 'no-store' });
}
