import type { BucketLog, NextRange } from '#oplog/bucket-log.ts';
import type { Oplog } from '#oplog/oplog.ts';
import { type CodedBytes, type ContentCoding, codePart } from './content-coding.ts';
import { encodeDataLine, type Framing } from './encode-data-line.ts';

/** An encoded line and, where rows in it were superseded, since which operation it lacks them. */
export type Chunk = CodedBytes & {
  readonly supersededBy: number;
  readonly opCount: number;
  /** There is no such line: the bucket must be begun anew. */
  readonly isCut: boolean;
};

type Entry = { readonly chunk: Promise<Chunk>; bytes: number };

/** Key, promise and the objects around a line's bytes, as measured: more than the bytes themselves where one row changes. */
const bytesPerEntry = 1300;

/**
 * Data lines as they go out, made once and sent to everyone who needs the same range. What was used last stays, up to
 * `limitBytes`; whoever is sending a line keeps it alive beyond that.
 */
export class ChunkCache {
  readonly #oplog: Oplog;
  readonly #limitBytes: number;
  readonly #entries = new Map<string, Entry>();
  #bytes = 0;
  #generation = 0;

  constructor(oplog: Oplog, limitBytes: number) {
    this.#oplog = oplog;
    this.#limitBytes = limitBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  read(bucket: BucketLog, range: NextRange, framing: Framing, coding: ContentCoding): Promise<Chunk> {
    if (this.#generation !== this.#oplog.generation) {
      this.#entries.clear();
      this.#bytes = 0;
      this.#generation = this.#oplog.generation;
    }
    const key = `${bucket.id}:${range.from}:${range.to}:${range.version}:${framing}:${coding}`;
    const known = this.#entries.get(key);
    if (known !== undefined) {
      this.#entries.delete(key);
      this.#entries.set(key, known);
      return known.chunk;
    }
    const entry: Entry = { chunk: this.#make(bucket, range, framing, coding), bytes: 0 };
    this.#entries.set(key, entry);
    entry.chunk.then(
      (chunk) => this.#weigh(key, entry, chunk.bytes.length + bytesPerEntry),
      () => this.#entries.delete(key),
    );
    return entry.chunk;
  }

  async #make(bucket: BucketLog, range: NextRange, framing: Framing, coding: ContentCoding): Promise<Chunk> {
    const loaded = await this.#oplog.load(bucket, range);
    const place = { bucket: bucket.name, after: range.from, nextAfter: range.to };
    const isCut = loaded.isCut === true;
    const coded = await codePart(coding, encodeDataLine(framing, place, loaded));
    const bytes = ownMemory(coded.bytes);
    return {
      ...coded,
      bytes,
      supersededBy: loaded.dropped?.supersededBy ?? 0,
      opCount: loaded.ops.length,
      isCut,
    };
  }

  #weigh(key: string, entry: Entry, bytes: number): void {
    if (this.#entries.get(key) !== entry) return;
    entry.bytes = bytes;
    this.#bytes += bytes;
    for (const [oldest, { bytes: size }] of this.#entries) {
      if (this.#bytes <= this.#limitBytes) break;
      if (size === 0) continue;
      this.#entries.delete(oldest);
      this.#bytes -= size;
    }
  }
}

/**
 * A small buffer is mostly a slice of one that is shared with others (a few hundred bytes of 64 KB): kept, it would keep
 * the whole. Under 200 changes a second that was 300 MB a minute which nobody counted.
 */
function ownMemory(bytes: Buffer): Buffer {
  if (bytes.buffer.byteLength === bytes.length) return bytes;
  const own = Buffer.allocUnsafeSlow(bytes.length);
  bytes.copy(own);
  return own;
}
