import type { ServerResponse } from 'node:http';
import type { HttpProblem } from './http-problem.ts';

/** Every answer has these, or a browser would show its page nothing but a network error. */
export const crossOrigin = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'Content-Type',
};

const preflight = {
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  'access-control-allow-headers': 'Content-Type, Authorization, User-Agent, X-User-Agent',
  'access-control-max-age': '3600',
};

export function answerPreflight(response: ServerResponse): void {
  response.writeHead(204, { ...crossOrigin, ...preflight }).end();
}

export function answer(
  response: ServerResponse,
  status: number,
  body: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>> = {},
): void {
  response
    .writeHead(status, { ...crossOrigin, 'content-type': 'application/json; charset=utf-8', ...headers })
    .end(JSON.stringify(body));
}

export function answerProblem(
  response: ServerResponse,
  { status, code, message }: Pick<HttpProblem, 'status' | 'code' | 'message'>,
  headers: Readonly<Record<string, string>> = {},
): void {
  const error = { code, status, description: message, name: 'SyncProblem' };
  answer(response, status, { error }, headers);
}
