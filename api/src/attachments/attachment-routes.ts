import { withTenant } from '@eventkit/database/tenant-transaction.ts';
import { LARGEST_ATTACHMENT_BYTES } from '@eventkit/shared/attachments/attachment.ts';
import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import { isUuid } from '@eventkit/shared/kernel/ids.ts';
import { Hono } from 'hono';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { BlobStore } from '#blobs/blob-store.ts';
import type { Authentication } from '#http/authenticate.ts';
import type { RateLimiter } from '#http/limits/rate-limiter.ts';
import { type DoorRefusal, plainCallerOf, statusOfDoor } from '#http/plain-caller.ts';
import type { PlainBindings, PlainContext } from '#http/plain-request.ts';
import { scopeOf } from '#http/scope-of.ts';
import { type AttachmentRow, findAttachment } from './attachment-store.ts';
import { receiveAttachment, type UploadProblem } from './receive-attachment.ts';

type Refusal = UploadProblem | DoorRefusal | 'not_permitted' | 'too_large';

const statusOf = {
  ...statusOfDoor,
  not_permitted: 403,
  not_found: 404,
  too_large: 413,
  other_content: 422,
  other_kind: 422,
  not_a_picture: 422,
  damaged: 422,
  too_many_pixels: 422,
} as const satisfies Record<Refusal, number>;

const extensions = { 'image/jpeg': 'jpg', 'image/png': 'png' } as const;

/**
 * The bytes of attachments. PUT asks, as Push does, for a signed-in person only: the operation that named the bytes has
 * been judged. GET asks for the right to read the ledger. Ids of other companies are answered as ids of nobody.
 */
export function attachmentRoutes(capabilities: {
  readonly pool: pg.Pool;
  readonly blobs: BlobStore;
  readonly clock: Clock;
  readonly log: Logger;
  readonly authentication: Authentication;
  readonly limiter: RateLimiter;
}): Hono<PlainBindings> {
  const { pool, blobs, log } = capabilities;
  return new Hono<PlainBindings>()
    .put('/attachments/:id', async (c) => {
      const caller = await plainCallerOf(c, capabilities, 'devices');
      if (typeof caller === 'string') return refuse(c, caller);
      const id = c.req.param('id');
      if (!isUuid(id)) return refuse(c, 'not_found');
      if (Number(c.req.header('content-length') ?? 0) > LARGEST_ATTACHMENT_BYTES)
        return refuse(c, 'too_large');
      const received = await receiveAttachment(capabilities, caller, id, c.req.raw.body);
      if (received.ok) return c.body(null, 204);
      const { tenantId, userId, requestId } = caller;
      log.warn(
        { attachmentId: id, problem: received.error, tenantId, userId, requestId },
        'attachment refused',
      );
      return refuse(c, received.error);
    })
    .get('/attachments/:id', async (c) => {
      const caller = await plainCallerOf(c, capabilities, 'devices');
      if (typeof caller === 'string') return refuse(c, caller);
      if (!caller.permissions.includes('scanning:read')) return refuse(c, 'not_permitted');
      const id = c.req.param('id');
      if (!isUuid(id)) return refuse(c, 'not_found');
      const found = await withTenant(pool, scopeOf(caller), (tx) => findAttachment(tx, id), {
        isReadOnly: true,
      });
      const bytes = found?.blobName ? await blobs.get(found.blobName) : null;
      if (found === null || bytes === null) return refuse(c, 'not_found');
      return c.body(bytes, 200, headersOf(id, found));
    });
}

/** Whatever the bytes were to be taken for: a file to keep, of this type, that may load, run and frame nothing. */
function headersOf(id: string, { kind, mediaType }: AttachmentRow): Record<string, string> {
  return {
    'content-type': mediaType,
    'content-disposition': `attachment; filename="${kind}-${id}.${extensions[mediaType]}"`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    // The device keeps it itself, and gives it up with its data.
    'cache-control': 'no-store',
  };
}

function refuse(c: PlainContext, error: Refusal) {
  return c.json({ error }, statusOf[error], { 'cache-control': 'no-store' });
}
