import type { AttachmentId } from '@eventkit/shared/kernel/ids.ts';
import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import type { PushFailure } from '#platform/sync/push.ts';
import type { LocalFile } from './attachment-queue-store.ts';

type TransportFailure = {
  readonly tag: Extract<
    PushFailure['tag'],
    'unreachable' | 'unauthenticated' | 'not_allowed' | 'not_taken' | 'server_failed'
  >;
  readonly problem: string;
};

/** How bytes travel. Both give up when the signal says so. */
export type AttachmentTransport = {
  upload(file: LocalFile, signal: AbortSignal): Promise<Result<void, TransportFailure>>;
  /** not_taken: the server has no such bytes for this person. */
  download(id: AttachmentId, signal: AbortSignal): Promise<Result<Uint8Array<ArrayBuffer>, TransportFailure>>;
};

/** By plain requests to our own server, in the name of who is signed in. */
export function createAttachmentTransport(fetch: typeof globalThis.fetch): AttachmentTransport {
  const send = async (id: AttachmentId, init: RequestInit): Promise<Result<Response, TransportFailure>> => {
    try {
      const response = await fetch(`/attachments/${id}`, { ...init, cache: 'no-store' });
      return response.ok ? ok(response) : err(await failureOf(response));
    } catch (error) {
      return err({ tag: 'unreachable', problem: String(error) });
    }
  };
  return {
    async upload({ id, mediaType, bytes }, signal) {
      const sent = await send(id, {
        method: 'PUT',
        headers: { 'content-type': mediaType },
        body: new Uint8Array(bytes),
        signal,
      });
      return sent.ok ? ok(undefined) : sent;
    },
    async download(id, signal) {
      const sent = await send(id, { signal });
      if (!sent.ok) return sent;
      try {
        return ok(new Uint8Array(await sent.value.arrayBuffer()));
      } catch (error) {
        return err({ tag: 'unreachable', problem: String(error) });
      }
    },
  };
}

async function failureOf(response: Response): Promise<TransportFailure> {
  const { status } = response;
  const problem = `${status} ${(await response.text().catch(() => '')).slice(0, 200)}`;
  if (status === 401) return { tag: 'unauthenticated', problem };
  if (status === 403) return { tag: 'not_allowed', problem };
  if ([404, 413, 422].includes(status)) return { tag: 'not_taken', problem };
  // Too many at once, or a gateway that finds nobody behind it: later is as good.
  if ([429, 502, 503, 504].includes(status)) return { tag: 'unreachable', problem };
  return { tag: 'server_failed', problem };
}
