import type { Lsn } from './lsn.ts';

/** A value as PostgreSQL prints it; `undefined` where the row's update left a toasted value as it was. */
export type TupleValue = string | null | undefined;

export type Relation = {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  /** d = primary key, f = all columns, i = an index, n = nothing. */
  readonly replicaIdentity: string;
  readonly columns: readonly { readonly name: string; readonly isKey: boolean; readonly typeOid: number }[];
};

/** The messages of the output plug-in pgoutput, protocol version 1 (PostgreSQL manual, 54.9). */
export type PgoutputMessage =
  | { readonly tag: 'begin'; readonly finalLsn: Lsn; readonly committedAtMicros: bigint }
  | { readonly tag: 'commit'; readonly endLsn: Lsn }
  | { readonly tag: 'relation'; readonly relation: Relation }
  | { readonly tag: 'insert'; readonly oid: number; readonly row: readonly TupleValue[] }
  | {
      readonly tag: 'update';
      readonly oid: number;
      /** Present when the key changed, or with REPLICA IDENTITY FULL. */
      readonly old: readonly TupleValue[] | null;
      readonly row: readonly TupleValue[];
    }
  | { readonly tag: 'delete'; readonly oid: number; readonly old: readonly TupleValue[] }
  | { readonly tag: 'truncate'; readonly oids: readonly number[] }
  | { readonly tag: 'message'; readonly prefix: string; readonly lsn: Lsn }
  | { readonly tag: 'other' };

/** Reads one message. Throws on what the protocol does not know: better to stop than to skip a change. */
export function readPgoutput(bytes: Buffer): PgoutputMessage {
  switch (bytes[0]) {
    case 0x42:
      return {
        tag: 'begin',
        finalLsn: bytes.readBigUInt64BE(1),
        committedAtMicros: bytes.readBigInt64BE(9) + POSTGRES_EPOCH_MICROS,
      };
    case 0x43:
      return { tag: 'commit', endLsn: bytes.readBigUInt64BE(10) };
    case 0x52:
      return { tag: 'relation', relation: readRelation(bytes) };
    case 0x49:
      return { tag: 'insert', oid: bytes.readUInt32BE(1), row: readTuple(bytes, 6).values };
    case 0x55:
      return readUpdate(bytes);
    case 0x44:
      return { tag: 'delete', oid: bytes.readUInt32BE(1), old: readTuple(bytes, 6).values };
    case 0x54: {
      const count = bytes.readUInt32BE(1);
      return {
        tag: 'truncate',
        oids: Array.from({ length: count }, (_, index) => bytes.readUInt32BE(6 + index * 4)),
      };
    }
    case 0x4d: {
      const end = bytes.indexOf(0, 10);
      return { tag: 'message', lsn: bytes.readBigUInt64BE(2), prefix: bytes.toString('utf8', 10, end) };
    }
    case 0x4f:
    case 0x59:
      return { tag: 'other' };
    default:
      throw new Error(`unknown pgoutput message ${bytes[0]}`);
  }
}

const POSTGRES_EPOCH_MICROS = 946_684_800_000_000n;

function readUpdate(bytes: Buffer): PgoutputMessage {
  const oid = bytes.readUInt32BE(1);
  const kind = bytes[5];
  if (kind === 0x4e) return { tag: 'update', oid, old: null, row: readTuple(bytes, 6).values };
  const old = readTuple(bytes, 6);
  return { tag: 'update', oid, old: old.values, row: readTuple(bytes, old.end + 1).values };
}

function readTuple(bytes: Buffer, start: number): { values: TupleValue[]; end: number } {
  const count = bytes.readUInt16BE(start);
  const values = new Array<TupleValue>(count);
  let at = start + 2;
  for (let index = 0; index < count; index += 1) {
    const kind = bytes[at];
    at += 1;
    if (kind === 0x74) {
      const length = bytes.readUInt32BE(at);
      values[index] = bytes.toString('utf8', at + 4, at + 4 + length);
      at += 4 + length;
    } else if (kind === 0x6e) values[index] = null;
    else if (kind === 0x75) values[index] = undefined;
    else throw new Error(`unknown kind of column ${kind}`);
  }
  return { values, end: at };
}

function readRelation(bytes: Buffer): Relation {
  const oid = bytes.readUInt32BE(1);
  const schemaEnd = bytes.indexOf(0, 5);
  const nameEnd = bytes.indexOf(0, schemaEnd + 1);
  const count = bytes.readUInt16BE(nameEnd + 2);
  const columns: { name: string; isKey: boolean; typeOid: number }[] = [];
  let at = nameEnd + 4;
  for (let index = 0; index < count; index += 1) {
    const end = bytes.indexOf(0, at + 1);
    columns.push({
      isKey: (bytes.readUInt8(at) & 1) === 1,
      name: bytes.toString('utf8', at + 1, end),
      typeOid: bytes.readUInt32BE(end + 1),
    });
    at = end + 9;
  }
  return {
    oid,
    schema: bytes.toString('utf8', 5, schemaEnd) || 'pg_catalog',
    name: bytes.toString('utf8', schemaEnd + 1, nameEnd),
    replicaIdentity: String.fromCharCode(bytes.readUInt8(nameEnd + 1)),
    columns,
  };
}
