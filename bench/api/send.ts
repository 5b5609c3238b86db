import { type Agent, request } from 'node:http';

export type Caller = { readonly url: string; readonly token: string };

/**
 * One call; rejects where it is not answered at all. By node:http and not by fetch, which costs whoever measures three
 * times as much, on the machine that is measured.
 */
export function send(
  agent: Agent,
  { url, token }: Caller,
  rpc: string,
  body: string,
): Promise<{ readonly status: number; readonly answer: string }> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      authorization: `Bearer ${token}`,
    };
    const outgoing = request(`${url}/eventkit.v1.${rpc}`, { agent, method: 'POST', headers }, (response) => {
      const status = response.statusCode ?? 0;
      let answer = '';
      response.on('error', reject).on('end', () => resolve({ status, answer }));
      if (status === 200) response.resume();
      else
        response.on('data', (part) => {
          answer += String(part);
        });
    });
    outgoing.on('error', reject).end(body);
  });
}
