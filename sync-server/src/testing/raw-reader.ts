import { request } from 'node:http';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { deserialize } from 'bson';

export type Line = Readonly<Record<string, unknown>>;

export type RawReader = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly lines: Line[];
  /** Settles when the server ends the stream; rejects when it breaks. */
  readonly ended: Promise<void>;
  pause(): void;
  resume(): void;
  close(): void;
};

/** Reads a sync stream as it comes, line by line, in either framing and any coding. */
export function openStream(options: {
  readonly url: string;
  readonly token: string;
  readonly body?: Line;
  readonly accept?: string;
  readonly encoding?: string;
  readonly onLine?: (line: Line) => void;
  /** Unless false, what has come is kept in `lines`. */
  readonly keepsLines?: boolean;
}): Promise<RawReader> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${options.url}/sync/stream`, {
      method: 'POST',
      headers: {
        authorization: `Token ${options.token}`,
        'content-type': 'application/json',
        ...(options.accept === undefined ? {} : { accept: options.accept }),
        ...(options.encoding === undefined ? {} : { 'accept-encoding': options.encoding }),
      },
    });
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      const lines: Line[] = [];
      const coding = response.headers['content-encoding'];
      const body =
        coding === 'gzip'
          ? response.pipe(createGunzip())
          : coding === 'zstd'
            ? response.pipe(createZstdDecompress())
            : response;
      const take = (line: Line) => {
        if (options.keepsLines !== false) lines.push(line);
        options.onLine?.(line);
      };
      const feed =
        response.headers['content-type'] === 'application/vnd.powersync.bson-stream'
          ? bsonSplitter(take)
          : lineSplitter(take);
      const ended = new Promise<void>((end, fail) => {
        body.on('end', end);
        body.on('error', fail);
        response.on('error', fail);
        response.on('aborted', () => fail(new Error('aborted')));
      });
      ended.catch(() => undefined);
      // A refusal has no lines.
      if (response.statusCode === 200) body.on('data', feed);
      else body.resume();
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        lines,
        ended,
        pause: () => response.pause(),
        resume: () => response.resume(),
        close: () => outgoing.destroy(),
      });
    });
    outgoing.end(JSON.stringify({ raw_data: true, include_checksum: true, ...options.body }));
  });
}

function lineSplitter(take: (line: Line) => void): (bytes: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      take(JSON.parse(rest.toString('utf8', 0, end)) as Line);
      rest = rest.subarray(end + 1);
    }
  };
}

function bsonSplitter(take: (line: Line) => void): (bytes: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    while (rest.length >= 4 && rest.length >= rest.readInt32LE(0)) {
      const length = rest.readInt32LE(0);
      take(deserialize(rest.subarray(0, length), { promoteLongs: true }) as Line);
      rest = rest.subarray(length);
    }
  };
}
