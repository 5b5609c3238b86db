import type { ServerResponse } from 'node:http';
import type { LineSink } from './line-sink.ts';
import type { SyncStream } from './sync-stream.ts';
import type { SyncStreamsOptions } from './sync-streams.ts';
import type { SyncClaims } from './verify-sync-token.ts';

export type RunningStreamOptions = Pick<
  SyncStreamsOptions,
  'writeCheckpoints' | 'limits' | 'logger' | 'nowMs'
> & {
  readonly sync: SyncStream;
  readonly sink: LineSink;
  readonly response: ServerResponse;
  readonly claims: SyncClaims;
  readonly clientId: string | null;
};

const slowAfterMs = 5000;

/** One stream's life around what it sends: keepalives, news, the end of its token, and its own end. */
export class RunningStream {
  readonly #options: RunningStreamOptions;
  readonly claims: SyncClaims;
  readonly openedAtMs: number;
  /** Settles when nothing more will be sent. */
  readonly ended: Promise<void>;
  #cut: NodeJS.Timeout | null = null;

  constructor(options: RunningStreamOptions) {
    this.#options = options;
    this.claims = options.claims;
    this.openedAtMs = options.nowMs();
    options.response.once('close', () => {
      options.sync.end();
      if (this.#cut !== null) clearTimeout(this.#cut);
    });
    this.ended = this.#run();
  }

  get sentBytes(): number {
    return this.#options.sink.sentBytes;
  }

  get isSlow(): boolean {
    return this.#options.sink.busyMs > slowAfterMs;
  }

  /** Ends after what is being sent; a client that does not take it in time is cut off. */
  end(): void {
    this.#options.sync.end();
    this.#cutAfterGrace();
  }

  /** Tells the client that its token is no good any more, and ends. */
  expire(): void {
    const { sink, sync } = this.#options;
    this.#cutAfterGrace();
    void sink.line({ token_expires_in: 0 }).then(() => sync.end());
  }

  async #run(): Promise<void> {
    const { sync, claims, clientId, limits, nowMs } = this.#options;
    let stopWatching: (() => void) | null = null;
    const msLeft = Math.max(0, claims.exp * 1000 - nowMs());
    const keepalive = setInterval(() => this.#tellTimeLeft(), limits.keepaliveMs);
    const warning = setTimeout(() => this.#tellTimeLeft(), Math.max(0, msLeft - limits.keepaliveMs));
    const expiry = setTimeout(() => this.expire(), msLeft);
    try {
      if (clientId !== null) stopWatching = await this.#watchWriteCheckpoint(clientId);
      await sync.run();
    } finally {
      clearInterval(keepalive);
      clearTimeout(warning);
      clearTimeout(expiry);
      stopWatching?.();
      // What was written last may still wait for a client that does not read.
      this.#cutAfterGrace();
    }
  }

  #tellTimeLeft(): void {
    const { sink, claims, nowMs } = this.#options;
    // A client that is not reading will not be kept alive by more lines.
    if (sink.isBusy) return;
    void sink.line({ token_expires_in: Math.max(0, Math.floor(claims.exp - nowMs() / 1000)) });
  }

  /** Rows must flow also while the database is away; the number then comes when the client asks again. */
  async #watchWriteCheckpoint(clientId: string): Promise<(() => void) | null> {
    const { writeCheckpoints, sync, logger } = this.#options;
    try {
      return await writeCheckpoints.watch(clientId, () => sync.notify());
    } catch (error) {
      logger.warn({ err: error }, 'a write checkpoint could not be looked up');
      return null;
    }
  }

  #cutAfterGrace(): void {
    const { sink, response, limits } = this.#options;
    if (this.#cut !== null || sink.isClosed) return;
    this.#cut = setTimeout(() => response.destroy(), limits.endGraceMs);
  }
}
