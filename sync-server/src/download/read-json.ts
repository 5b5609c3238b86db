import type { IncomingMessage } from 'node:http';
import { HttpProblem } from './http-problem.ts';

/** Reads a JSON body of at most this size. Throws an HttpProblem for a larger one, one that breaks off, and other text. */
export async function readJson(request: IncomingMessage, limitBytes: number): Promise<unknown> {
  const body = await readBody(request, limitBytes);
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch {
    throw new HttpProblem(400, 'PSYNC_S2001', 'the body is not JSON');
  }
}

async function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const tooLarge = () => new HttpProblem(413, 'PSYNC_S2001', `a body has at most ${limitBytes} bytes`);
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) throw tooLarge();
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > limitBytes) throw tooLarge();
      parts.push(part);
    }
  } catch (error) {
    if (request.errored === error) throw new HttpProblem(400, 'PSYNC_S2001', 'the body broke off');
    throw error;
  }
  return Buffer.concat(parts);
}
