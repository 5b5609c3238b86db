import type { Writable } from 'node:stream';
import { serialize } from 'bson';
import {
  type CodedBytes,
  type ContentCoding,
  codeSmallPart,
  combineCrc,
  gzipHeader,
  gzipTrailer,
} from './content-coding.ts';
import type { Framing } from './encode-data-line.ts';

/** Lines to one client, in its framing and coding. Every write waits for the last one to be taken. */
export class LineSink {
  readonly framing: Framing;
  readonly coding: ContentCoding;
  readonly #out: Writable;
  #crc = 0;
  #rawLength = 0;
  #isStarted = false;
  #isClosed = false;
  #onDrain: (() => void) | null = null;
  #sentBytes = 0;
  #busySinceMs: number | null = null;
  readonly #onSent: (bytes: number) => void;

  constructor(
    out: Writable,
    framing: Framing,
    coding: ContentCoding,
    onSent: (bytes: number) => void = () => undefined,
  ) {
    this.#out = out;
    this.framing = framing;
    this.coding = coding;
    this.#onSent = onSent;
    out.on('drain', () => this.#release());
    out.on('close', () => {
      this.#isClosed = true;
      this.#release();
    });
    out.on('error', () => {
      this.#isClosed = true;
      this.#release();
    });
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** The client has not yet taken what was written last. */
  get isBusy(): boolean {
    return this.#out.writableNeedDrain;
  }

  /** As they went out, coded. */
  get sentBytes(): number {
    return this.#sentBytes;
  }

  /** For how long the client has taken nothing of what waits for it, in milliseconds. */
  get busyMs(): number {
    return this.#busySinceMs === null ? 0 : performance.now() - this.#busySinceMs;
  }

  /** A line of one key. */
  line(message: Readonly<Record<string, unknown>>): Promise<void> {
    return this.part(codeSmallPart(this.coding, this.encode(message)));
  }

  encode(message: Readonly<Record<string, unknown>>): Buffer {
    return this.framing === 'ndjson'
      ? Buffer.from(`${JSON.stringify(message)}\n`)
      : Buffer.from(serialize(message));
  }

  /** Several small lines at once. */
  lines(messages: readonly Readonly<Record<string, unknown>>[]): Promise<void> {
    const raw = Buffer.concat(messages.map((message) => this.encode(message)));
    return this.part(codeSmallPart(this.coding, raw));
  }

  async part(part: CodedBytes): Promise<void> {
    while (this.#out.writableNeedDrain && !this.#isClosed) {
      await new Promise<void>((resolve) => {
        const before = this.#onDrain;
        this.#onDrain = () => {
          before?.();
          resolve();
        };
      });
    }
    if (this.#isClosed) return;
    if (this.coding === 'gzip') {
      if (!this.#isStarted) this.#out.write(gzipHeader);
      this.#crc = combineCrc(this.#crc, part.crc, part.rawLength);
      this.#rawLength += part.rawLength;
    }
    this.#isStarted = true;
    this.#sentBytes += part.bytes.length;
    this.#onSent(part.bytes.length);
    if (!this.#out.write(part.bytes)) this.#busySinceMs ??= performance.now();
  }

  end(): void {
    if (this.#isClosed) return;
    if (this.coding === 'gzip') {
      if (!this.#isStarted) this.#out.write(gzipHeader);
      this.#out.write(gzipTrailer(this.#crc, this.#rawLength));
    }
    this.#out.end();
  }

  #release(): void {
    this.#busySinceMs = null;
    const waiting = this.#onDrain;
    this.#onDrain = null;
    waiting?.();
  }
}
