import { readFile } from 'node:fs/promises';
import { type Answer, callApi, callPages } from '#api-client/call-api.ts';
import { findCall, knownCalls } from '#api-client/known-calls.ts';
import { linesOf, rowsOf, tableOf } from '#api-client/print-answer.ts';
import { readAccess } from '#api-client/read-access.ts';
import { CliError } from '#cli-error.ts';

export type CallOptions = {
  /** `Service/Method` or the method alone; without it all calls are listed. */
  readonly call?: string;
  /** The message as JSON, or - for the standard input. */
  readonly input?: string;
  readonly all: boolean;
  readonly json: boolean;
};

/** Makes one call of the API with a key, and prints what it answers; with `all`, every page of a list. */
export async function call(
  { call: typed, input = '{}', all, json }: CallOptions,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  if (typed === undefined) {
    console.log(tableOf(knownCalls.map(({ name, scope }) => ({ call: name, scope: scope ?? 'any key' }))));
    return;
  }
  const known = findCall(typed);
  const access = readAccess(environment);
  const message = readMessage(input === '-' ? await readFile('/dev/stdin', 'utf8') : input);
  const pages = all ? callPages(access, known, message) : [await callApi(access, known, message)];
  for await (const page of pages) print(page, json);
}

function readMessage(text: string): Answer {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Answer;
  } catch {
    // Said below.
  }
  throw new CliError(`--input is no JSON object. One looks like '{"pageSize": 20}'.`);
}

/** For programs one line of JSON for each row of a list, or for the whole answer. */
function print(answer: Answer, json: boolean): void {
  const rows = rowsOf(answer);
  if (json) for (const row of rows ?? [answer]) console.log(JSON.stringify(row));
  else if (rows === null) console.log(linesOf(answer));
  else if (rows.length > 0) console.log(tableOf(rows));
}
