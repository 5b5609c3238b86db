/** A change to the data behind a server, such that rows that the token opens come to hold `mark`. */
export type Change =
  /** In one transaction, this many rows; the same ones each time, as far as there are as many. */
  | { readonly kind: 'touch'; readonly rows: number; readonly mark: string }
  /** A new row. */
  | { readonly kind: 'add'; readonly mark: string }
  /** The row that was added with this mark leaves its bucket. */
  | { readonly kind: 'remove'; readonly mark: string }
  /** Something is written of which clients see nothing. */
  | { readonly kind: 'nothing' };

/** A right of the token's holder that the server looks up in a table, such that it opens one more bucket. */
export type GrantChange =
  /** The bucket's rows hold `mark`. Given again, it is the same bucket. */
  | { readonly kind: 'give'; readonly mark: string }
  /** What was given with this mark ends. */
  | { readonly kind: 'take'; readonly mark: string };

/** A server that is to be judged, and what may be done with it; null where it may not, or nobody knows how. */
export type Subject = {
  readonly url: string;
  /** Of somebody who may read rows; `isOther`: of somebody who shares no row with them. */
  token(wish: { readonly lifeSeconds?: number; readonly isOther?: boolean }): Promise<string | null>;
  readonly change: ((change: Change) => Promise<void>) | null;
  /** Null also where the configuration looks nothing up. */
  readonly grant: ((change: GrantChange) => Promise<void>) | null;
  /** Begins a graceful stop, and resolves when it is over. Asked once, at the very end. */
  readonly stop: (() => Promise<void>) | null;
  /** How often an idle stream is told that it lives. */
  readonly keepaliveMs: number;
  /** Streams at once, and bytes of a request's body. */
  readonly limits: { readonly connections: number; readonly bodyBytes: number } | null;
};
