import { CliError } from '#cli-error.ts';
import { type KnownCall, pathOf } from './known-calls.ts';
import type { Access } from './read-access.ts';

/** What a call answers, as the JSON form of its message. */
export type Answer = Readonly<Record<string, unknown>>;

const TIME_OUT_MS = 60_000;

/** One call. Throws a CliError that says what was refused and why. */
export async function callApi({ url, key }: Access, call: KnownCall, message: Answer): Promise<Answer> {
  const response = await send(new URL(pathOf(call), url), key, message);
  const body = await readJson(response);
  if (response.ok) return body;
  const wait = response.headers.get('retry-after');
  throw new CliError(
    [`${call.name} was refused: ${textOf(body, response.status)}`, ...violationsOf(body)]
      .concat(wait === null ? [] : [`Try again in ${wait} s.`])
      .join('\n  '),
  );
}

/** Every page of a list, one after the other. */
export async function* callPages(access: Access, call: KnownCall, message: Answer): AsyncGenerator<Answer> {
  let pageToken = message['pageToken'];
  do {
    const answer = await callApi(access, call, { ...message, ...(pageToken ? { pageToken } : {}) });
    yield answer;
    pageToken = answer['nextPageToken'];
  } while (typeof pageToken === 'string' && pageToken !== '');
}

async function send(address: URL, key: string, message: Answer): Promise<Response> {
  try {
    return await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify(message),
      redirect: 'error',
      signal: AbortSignal.timeout(TIME_OUT_MS),
    });
  } catch (cause) {
    throw new CliError(`${address.origin} does not answer. EVENTKIT_URL says where the server is.`, {
      cause,
    });
  }
}

async function readJson(response: Response): Promise<Answer> {
  const text = await response.text();
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Answer;
  } catch {
    // Said below: what answers is no EventKit, or something between us and it.
  }
  throw new CliError(
    `What answers at ${new URL(response.url).origin} is no EventKit (HTTP ${response.status}).`,
  );
}

function textOf({ code, message }: Answer, status: number): string {
  if (code === 'unauthenticated') return 'the key is not taken. It may have ended or been withdrawn.';
  return typeof message === 'string' && message !== '' ? message : String(code ?? `HTTP ${status}`);
}

/** What is wrong with which field, as far as the server says. */
function violationsOf({ details }: Answer): string[] {
  if (!Array.isArray(details)) return [];
  return details.flatMap((detail: { debug?: { violations?: { field?: string; message?: string }[] } }) =>
    (detail.debug?.violations ?? []).map(({ field, message }) => `${field ?? ''}: ${message ?? ''}`),
  );
}
