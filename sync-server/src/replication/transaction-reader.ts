import type { Lsn } from './lsn.ts';
import { type PgoutputMessage, type Relation, readPgoutput, type TupleValue } from './pgoutput.ts';

export type RowChange =
  | {
      readonly tag: 'row';
      readonly relation: Relation;
      /** The row's key before, when it is another one now or the row is gone. */
      readonly old: readonly TupleValue[] | null;
      /** null: deleted. */
      readonly row: readonly TupleValue[] | null;
    }
  | { readonly tag: 'truncate'; readonly relations: readonly Relation[] };

/** Changes in commit order. `end` is set where the changes before it complete a transaction, or a position passed. */
export type WalPart = {
  readonly changes: readonly RowChange[];
  readonly end: Lsn | null;
  /** When the transaction was committed, by the server's clock; null for bare positions. */
  readonly committedAtMs: number | null;
  /** What the changes took on the wire; about what they take in memory. */
  readonly bytes: number;
};

/** A transaction larger than this is handed on in parts, so that it need not fit into memory. */
const changesPerPart = 5000;
const bytesPerPart = 4 * 1024 * 1024;

/** Puts messages of the plug-in together to transactions; each complete one, or part of a big one, goes to `onPart`. */
export function createTransactionReader(
  onPart: (part: WalPart) => void,
): (bytes: Buffer) => PgoutputMessage['tag'] {
  const relations = new Map<number, Relation>();
  let changes: RowChange[] = [];
  let committedAtMs: number | null = null;
  let bytesOfPart = 0;
  const handOn = (end: Lsn | null) => {
    onPart({ changes, end, committedAtMs, bytes: bytesOfPart });
    changes = [];
    bytesOfPart = 0;
  };
  const relationOf = (oid: number): Relation => {
    const relation = relations.get(oid);
    if (relation === undefined) throw new Error(`change of relation ${oid}, which was never described`);
    return relation;
  };
  const add = (change: RowChange) => {
    changes.push(change);
    if (changes.length >= changesPerPart || bytesOfPart >= bytesPerPart) handOn(null);
  };
  return (bytes) => {
    const message = readPgoutput(bytes);
    bytesOfPart += bytes.length;
    switch (message.tag) {
      case 'begin':
        committedAtMs = Number(message.committedAtMicros / 1000n);
        break;
      case 'relation':
        relations.set(message.relation.oid, message.relation);
        break;
      case 'insert':
        add({ tag: 'row', relation: relationOf(message.oid), old: null, row: message.row });
        break;
      case 'update':
        add({ tag: 'row', relation: relationOf(message.oid), old: message.old, row: message.row });
        break;
      case 'delete':
        add({ tag: 'row', relation: relationOf(message.oid), old: message.old, row: null });
        break;
      case 'truncate':
        add({ tag: 'truncate', relations: message.oids.map(relationOf) });
        break;
      case 'commit':
        handOn(message.endLsn);
        committedAtMs = null;
        break;
      case 'message':
        // Outside of transactions a message arrives where it stands in the log, so all before it has arrived too.
        if (committedAtMs === null) handOn(message.lsn);
        break;
      case 'other':
        break;
    }
    return message.tag;
  };
}
