import type { Transport } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-web';

/** A call that takes longer than this is given up, so that no half-open connection holds a screen. */
const TIME_OUT_MS = 20_000;

/** Calls to the server that gave us the page; the session cookie goes along. */
export function createBrowserTransport(baseUrl: string): Transport {
  return createConnectTransport({
    baseUrl,
    useBinaryFormat: true,
    useHttpGet: false,
    defaultTimeoutMs: TIME_OUT_MS,
  });
}
