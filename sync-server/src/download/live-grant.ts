import type { Logger } from 'pino';
import {
  type AskedLookup,
  type Grant,
  type GrantContext,
  lookupsOf,
  resolveBuckets,
} from '#config/resolve-buckets.ts';
import { type BucketValue, lookupName } from '#config/sync-plan.ts';
import type { ReadLookups } from '#oplog/lookups/lookup-store.ts';
import type { Oplog } from '#oplog/oplog.ts';

/** Why there is no grant, in words for whoever looks after the client. */
export type GrantProblem = { readonly status: number; readonly code: string; readonly message: string };

export type LiveGrantOptions = {
  readonly oplog: Oplog;
  readonly readLookups: ReadLookups;
  /** Values that all lookups of one connection find together, at most. */
  readonly lookupRowsAtMost: number;
  readonly context: GrantContext;
  readonly logger: Logger;
};

/** What one connection has a right to, as of the newest operations; it knows when that may be something else. */
export class LiveGrant {
  readonly #options: LiveGrantOptions;
  readonly #asked: readonly AskedLookup[];
  readonly #stopListening: () => void;
  #current: Grant = { buckets: [], streams: [] };
  #isStale = true;
  #onStale: () => void = () => undefined;

  constructor(options: LiveGrantOptions) {
    this.#options = options;
    this.#asked = lookupsOf(options.context);
    const names = this.#asked.map(({ lookup, key }) => lookupName(lookup.id, key));
    this.#stopListening = options.oplog.lookups.listen(names, () => {
      this.#isStale = true;
      this.#onStale();
    });
  }

  get current(): Grant {
    return this.#current;
  }

  /** A lookup that it rests on has found something else since. */
  get isStale(): boolean {
    return this.#isStale;
  }

  /** Calls whenever it becomes stale. */
  whenStale(onStale: () => void): void {
    this.#onStale = onStale;
  }

  /** Resolves it anew, at the newest operation that may be served. It can be stale again afterwards. */
  async refresh(): Promise<GrantProblem | null> {
    const { oplog, context, lookupRowsAtMost: limit, logger } = this.#options;
    const { head } = oplog;
    if (head === null) return unreadable;
    this.#isStale = false;
    let found: ReadonlyMap<string, readonly BucketValue[]>;
    try {
      found = await this.#read(head);
    } catch (error) {
      logger.warn({ err: error }, 'what a stream depends on could not be looked up');
      return unreadable;
    }
    const count = [...found.values()].reduce((sum, values) => sum + values.length, 0);
    if (count > limit)
      return tooMuch(`more than ${limit} values looked up for one connection; subscribe to less at once`);
    const grant = resolveBuckets(context, ({ lookup, key }) => found.get(lookupName(lookup.id, key)) ?? []);
    if (!grant.ok) return tooMuch(grant.error);
    this.#current = grant.value;
    return null;
  }

  close(): void {
    this.#stopListening();
  }

  #read(head: number): Promise<ReadonlyMap<string, readonly BucketValue[]>> {
    const { oplog, readLookups, lookupRowsAtMost } = this.#options;
    if (this.#asked.length === 0) return Promise.resolve(new Map());
    return oplog.lookups.reading(head, () => readLookups(this.#asked, head, lookupRowsAtMost + 1));
  }
}

const unreadable: GrantProblem = {
  status: 503,
  code: 'PSYNC_S2001',
  message: 'what the streams depend on cannot be read now',
};

function tooMuch(message: string): GrantProblem {
  return { status: 400, code: 'PSYNC_S2305', message };
}
