export type Posted = {
  readonly body?: unknown;
  /** An access token or the secret of a key; without one nobody is signed in. */
  readonly bearer?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Calls `Service/Method` of `eventkit.v1` with JSON, as a program without our client does. */
export function postRpc(
  url: string,
  rpc: string,
  { body = {}, bearer, headers }: Posted = {},
): Promise<Response> {
  return fetch(`${url}/eventkit.v1.${rpc}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      ...headers,
    },
    body: JSON.stringify(body),
  });
}

export type Answered = { readonly status: number; readonly body: Record<string, unknown> };

/** The same, and what it answered as JSON. */
export async function callRpc(url: string, rpc: string, posted?: Posted): Promise<Answered> {
  const answer = await postRpc(url, rpc, posted);
  return { status: answer.status, body: (await answer.json()) as Answered['body'] };
}
