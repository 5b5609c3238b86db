import type { IncomingMessage } from 'node:http';

/** Answered to the client as it stands: nothing secret in it. Codes are those that PowerSync's clients know. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Reads a JSON body of at most this size. */
export async function readJson(request: IncomingMessage, limitBytes: number): Promise<unknown> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > limitBytes)
      throw new HttpProblem(413, 'PSYNC_S2001', `a body has at most ${limitBytes} bytes`);
    parts.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString()) as unknown;
  } catch {
    throw new HttpProblem(400, 'PSYNC_S2001', 'the body is not JSON');
  }
}
