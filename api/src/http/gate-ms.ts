import { createContextKey } from '@connectrpc/connect';

/** How long it took to find out whether a call may be made, before its message was read: part of its time. */
export const gateMsKey = createContextKey(0, { description: 'milliseconds at the gate' });
