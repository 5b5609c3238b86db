import { type ClientRequest, request } from 'node:http';

/** Sends the request of a device that has nothing yet, as NDJSON, on a connection of its own. */
export function askForStream(
  { url, token }: { readonly url: string; readonly token: string },
  coding: 'identity' | 'gzip' | 'zstd',
): ClientRequest {
  const outgoing = request(`${url}/sync/stream`, {
    method: 'POST',
    agent: false,
    headers: {
      authorization: `Token ${token}`,
      'content-type': 'application/json',
      accept: 'application/x-ndjson',
      'accept-encoding': coding,
    },
  });
  outgoing.end(JSON.stringify({ raw_data: true, include_checksum: true, buckets: [] }));
  return outgoing;
}
