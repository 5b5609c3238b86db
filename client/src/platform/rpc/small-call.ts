import type { CallOptions } from '@connectrpc/connect';

const TIME_OUT_MS = 10_000;

/**
 * For calls of a few bytes that others wait for. On a line that has died without a word a call has no end of its own:
 * the token for the stream, and with it the stream, would be waited for as long as the app runs.
 */
export function smallCall(signal?: AbortSignal): CallOptions {
  return signal === undefined ? { timeoutMs: TIME_OUT_MS } : { timeoutMs: TIME_OUT_MS, signal };
}
