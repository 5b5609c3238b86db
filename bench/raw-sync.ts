import { createGunzip, createZstdDecompress } from 'node:zlib';
import { askForStream } from './ask-for-stream.ts';

export type RawSync = {
  /** From sending the request to the last byte of checkpoint_complete. */
  readonly ms: number;
  /** On the wire, coded as asked for. */
  readonly wireBytes: number;
  readonly bytes: number;
  readonly opCount: number;
};

type Checkpoint = { readonly buckets: readonly { bucket: string; checksum: number }[] };
type Line = {
  readonly checkpoint?: Checkpoint;
  readonly checkpoint_diff?: unknown;
  readonly data?: { readonly bucket: string; readonly data: readonly { readonly checksum: number }[] };
};

const COMPLETE = Buffer.from('{"checkpoint_complete"');
const LAST_LINE_BYTES = 200;

/**
 * Reads a tenant's whole sync stream as fast as it comes and stops the clock at checkpoint_complete. Then holds what
 * came against the checkpoint: the checksum of every bucket; throws where one differs.
 */
export async function readWholeSync(
  { url, token }: { readonly url: string; readonly token: string },
  coding: 'identity' | 'gzip' | 'zstd',
): Promise<RawSync> {
  const startedAt = performance.now();
  const { parts, wireBytes, endedAt } = await drain(url, token, coding);
  const bytes = Buffer.concat(parts);
  const opCount = verify(bytes);
  return { ms: endedAt - startedAt, wireBytes, bytes: bytes.length, opCount };
}

function drain(
  url: string,
  token: string,
  coding: 'identity' | 'gzip' | 'zstd',
): Promise<{ readonly parts: readonly Buffer[]; readonly wireBytes: number; readonly endedAt: number }> {
  return new Promise((resolve, reject) => {
    const outgoing = askForStream({ url, token }, coding);
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      if (response.statusCode !== 200)
        return reject(new Error(`/sync/stream answered ${response.statusCode}`));
      const got = response.headers['content-encoding'] ?? 'identity';
      if (got !== coding) return reject(new Error(`asked for ${coding}, got ${got}`));
      const decoder = coding === 'gzip' ? createGunzip() : coding === 'zstd' ? createZstdDecompress() : null;
      const parts: Buffer[] = [];
      let wireBytes = 0;
      let tail: Buffer = Buffer.alloc(0);
      let isDone = false;
      response.on('data', (part: Buffer) => {
        wireBytes += part.length;
      });
      const body = decoder === null ? response : response.pipe(decoder);
      body.on('data', (part: Buffer) => {
        parts.push(part);
        tail = Buffer.concat([tail, part.subarray(-LAST_LINE_BYTES)]).subarray(-LAST_LINE_BYTES);
        if (isDone || !tail.includes(COMPLETE)) return;
        isDone = true;
        resolve({ parts: [...parts], wireBytes, endedAt: performance.now() });
        outgoing.destroy();
      });
      // Breaking off a complete stream is how the reader ends; before that it is a failure.
      body.on('error', (error) => isDone || reject(error));
      response.on('error', (error) => isDone || reject(error));
    });
  });
}

/** Sums up every bucket of the stream; throws unless each is what its checkpoint says. Answers the operations. */
function verify(bytes: Buffer): number {
  let checkpoint: Checkpoint | null = null;
  const sumByBucket = new Map<string, number>();
  let opCount = 0;
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(10, start);
    if (end < 0) break;
    const line: Line = JSON.parse(bytes.toString('utf8', start, end));
    start = end + 1;
    if (line.checkpoint_diff !== undefined) throw new Error('the data changed while it was read');
    checkpoint = line.checkpoint ?? checkpoint;
    if (line.data === undefined) continue;
    const { bucket, data } = line.data;
    let sum = sumByBucket.get(bucket) ?? 0;
    for (const { checksum } of data) sum = (sum + checksum) >>> 0;
    sumByBucket.set(bucket, sum);
    opCount += data.length;
  }
  if (checkpoint === null) throw new Error('the stream had no checkpoint');
  // Its count is none of these: operations that were superseded come as one.
  for (const { bucket, checksum } of checkpoint.buckets) {
    const sum = sumByBucket.get(bucket) ?? 0;
    if (sum !== checksum >>> 0)
      throw new Error(`bucket ${bucket}: the sum ${checksum} was promised, ${sum} came`);
  }
  return opCount;
}
