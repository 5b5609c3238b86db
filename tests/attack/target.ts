import type { Knowledge } from './knowledge.ts';

/** Somebody who can sign in. */
export type Person = { readonly token: string; readonly userId: string };

/** What is attacked, and with what in hand. Null is what this target does not give. */
export type Target = {
  /** Without a path. */
  readonly url: string;
  /** An admin of the company that attacks: nothing stops them at the door. */
  readonly admin: Person;
  /** Somebody else of the same company. */
  readonly colleague: Person | null;
  /** An admin of the company that is attacked. */
  readonly foreigner: Person | null;
  readonly own: Knowledge;
  readonly foreign: Knowledge;
  /** Signs an access token with the key of the provider itself. */
  readonly sign: SignToken | null;
  /** A token of the admin for the sync stream. */
  readonly syncToken: (() => Promise<string>) | null;
  /** The admin signs in in a browser that was to go on to this path. */
  readonly signIn: ((returnTo: string) => Promise<SignedIn>) | null;
  /** The log of the server until now. */
  readonly log: (() => string) | null;
  /** Says the same as before where nothing of the other company has changed. */
  readonly fingerprint: (() => Promise<string>) | null;
  /** After how long nobody may be listened to any more who never comes to the end of what they have to say. */
  readonly cutWithinMs: number;
};

export type SignedIn = {
  /** As the browser sends it. */
  readonly cookie: string;
  /** The host that the browser was led to in the end. */
  readonly host: string;
};

export type SignToken = (changes: {
  readonly header?: Readonly<Record<string, unknown>>;
  /** Undefined leaves a claim out. */
  readonly claims?: Readonly<Record<string, unknown>>;
}) => Promise<string>;

export type Asked = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly ms: number;
};

/** Headers must be there within 15 s; a look at that happens every third of it. */
export const CUT_WITHIN_MS = 25_000;

const LONGEST_WAIT_MS = 30_000;

/** Sends a request; waits as long as it is told to and sends it again where it is told that it was too much. */
export async function ask(url: string, init: RequestInit): Promise<Asked> {
  for (;;) {
    const startedAt = performance.now();
    const response = await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.timeout(LONGEST_WAIT_MS),
      ...init,
    });
    const text = await response.text();
    const ms = performance.now() - startedAt;
    const seconds = response.headers.get('retry-after');
    // Without a time to come again it is too large and not too often.
    if (response.status !== 429 || seconds === null)
      return { status: response.status, headers: response.headers, text, ms };
    await new Promise((resolve) => setTimeout(resolve, Number(seconds) * 1000));
  }
}

/** Calls an RPC by its whole name with JSON. */
export function call(
  { url }: Pick<Target, 'url'>,
  rpc: string,
  { token, body = {}, headers = {} }: { token?: string; body?: unknown; headers?: Record<string, string> },
): Promise<Asked> {
  return ask(`${url}/${rpc}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** Why this answer is one that nobody should get, whatever was asked; null where it is none. */
export function faultOf({ status, text, headers }: Asked): string | null {
  // 501: a service that this server does not have; 503: it says itself that it cannot now.
  if (status >= 500 && ![501, 503, 504].includes(status))
    return `a fault of the server: ${status} ${text.slice(0, 300)}`;
  const told =
    /(syntax error at|PL\/pgSQL|SQLSTATE|node_modules|\bat [\w.<> ]+ \(?(file|node|\/)|row-level security)/.exec(
      text,
    );
  if (told !== null && !/javascript|text\/css/.test(headers.get('content-type') ?? ''))
    return `tells how it is made: ${told[0]}`;
  return null;
}
