import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { REQUEST_ID_HEADER } from './request-id.ts';

export type PlainBindings = { Bindings: HttpBindings };
export type PlainContext = Context<PlainBindings>;

/** Set by `createApp` whatever the caller sent, as the request id is. */
export const CLIENT_ADDRESS_HEADER = 'x-client-address';

/** The number of this request. Hono's own headers are those that came over the wire, without it. */
export function requestIdIn(c: PlainContext): string {
  return String(c.env.incoming.headers[REQUEST_ID_HEADER] ?? '');
}

/** Whose address this request is counted for. */
export function clientAddressIn(c: PlainContext): string {
  return String(c.env.incoming.headers[CLIENT_ADDRESS_HEADER] ?? '');
}
