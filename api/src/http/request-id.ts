import { randomUUID } from 'node:crypto';
import { createContextKey } from '@connectrpc/connect';

export const REQUEST_ID_HEADER = 'x-request-id';

const ACCEPTABLE = /^[\w.-]{8,64}$/;

/** Names one request in the log, in the audit trail and in the answer. */
export const requestIdKey = createContextKey<string>('', { description: 'request id' });

/** The caller's own id where it is harmless text of 8 to 64 characters, otherwise a fresh one. */
export function requestIdOf(header: string | string[] | undefined): string {
  return typeof header === 'string' && ACCEPTABLE.test(header) ? header : randomUUID();
}
