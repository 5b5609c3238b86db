import type { Dropped, LoggedOp, OpRange } from '#oplog/operation-log.ts';

export type Framing = 'ndjson' | 'bson';

/** Where a line stands in its bucket. */
export type LinePlace = { readonly bucket: string; readonly after: number; readonly nextAfter: number };

/** One `data` line: the range's operations in order, those that were dropped as one MOVE with their sum. */
export function encodeDataLine(framing: Framing, place: LinePlace, range: OpRange): Buffer {
  const ops = inOrder(range);
  return framing === 'ndjson' ? encodeNdjson(place, ops) : encodeBson(place, ops);
}

type LineOp = LoggedOp | Dropped;

function inOrder({ ops, dropped }: OpRange): readonly LineOp[] {
  if (dropped === null) return ops;
  const place = ops.findIndex((op) => op.opId > dropped.opId);
  return place < 0 ? [...ops, dropped] : [...ops.slice(0, place), dropped, ...ops.slice(place)];
}

function encodeNdjson(place: LinePlace, ops: readonly LineOp[]): Buffer {
  let text = `{"data":{"bucket":${JSON.stringify(place.bucket)},"data":[`;
  let separator = '';
  for (const op of ops) {
    text += `${separator}{"op_id":"${op.opId}","checksum":${op.checksum},`;
    if (!('table' in op)) text += '"op":"MOVE"}';
    else {
      const row = `"object_type":${JSON.stringify(op.table)},"object_id":${JSON.stringify(op.rowId)}`;
      text +=
        op.data === null ? `"op":"REMOVE",${row}}` : `"op":"PUT",${row},"data":${JSON.stringify(op.data)}}`;
    }
    separator = ',';
  }
  text += `],"has_more":false,"after":"${place.after}","next_after":"${place.nextAfter}"}}\n`;
  return Buffer.from(text);
}

function encodeBson(place: LinePlace, ops: readonly LineOp[]): Buffer {
  const writer = new BsonWriter(estimateBytes(ops));
  const root = writer.open();
  const line = writer.openField(DOCUMENT, 'data');
  writer.text('bucket', place.bucket);
  const list = writer.openField(ARRAY, 'data');
  ops.forEach((op, index) => {
    const entry = writer.openField(DOCUMENT, String(index));
    writer.text('op_id', String(op.opId));
    writer.int64('checksum', op.checksum);
    if (!('table' in op)) writer.text('op', 'MOVE');
    else {
      writer.text('op', op.data === null ? 'REMOVE' : 'PUT');
      writer.text('object_type', op.table);
      writer.text('object_id', op.rowId);
      if (op.data !== null) writer.text('data', op.data);
    }
    writer.close(entry);
  });
  writer.close(list);
  writer.boolean('has_more', false);
  writer.text('after', String(place.after));
  writer.text('next_after', String(place.nextAfter));
  writer.close(line);
  writer.close(root);
  return writer.bytes();
}

function estimateBytes(ops: readonly LineOp[]): number {
  let bytes = 512;
  for (const op of ops) bytes += 'table' in op ? 192 + 3 * op.rowId.length + 3 * (op.data?.length ?? 0) : 96;
  return bytes;
}

const DOCUMENT = 0x03;
const ARRAY = 0x04;

/** Just the types that a data line has (bsonspec.org, version 1.1). */
class BsonWriter {
  readonly #buffer: Buffer;
  #at = 0;

  constructor(capacity: number) {
    this.#buffer = Buffer.allocUnsafe(capacity);
  }

  open(): number {
    const start = this.#at;
    this.#at += 4;
    return start;
  }

  openField(type: number, name: string): number {
    this.#field(type, name);
    return this.open();
  }

  close(start: number): void {
    this.#buffer[this.#at] = 0;
    this.#at += 1;
    this.#buffer.writeInt32LE(this.#at - start, start);
  }

  text(name: string, value: string): void {
    this.#field(0x02, name);
    const length = this.#buffer.write(value, this.#at + 4);
    this.#buffer.writeInt32LE(length + 1, this.#at);
    this.#at += 4 + length;
    this.#buffer[this.#at] = 0;
    this.#at += 1;
  }

  int64(name: string, value: number): void {
    this.#field(0x12, name);
    this.#buffer.writeUInt32LE(value >>> 0, this.#at);
    this.#buffer.writeUInt32LE(0, this.#at + 4);
    this.#at += 8;
  }

  boolean(name: string, value: boolean): void {
    this.#field(0x08, name);
    this.#buffer[this.#at] = value ? 1 : 0;
    this.#at += 1;
  }

  /** A copy, so that the generous buffer can go. */
  bytes(): Buffer {
    return Buffer.from(this.#buffer.subarray(0, this.#at));
  }

  #field(type: number, name: string): void {
    this.#buffer[this.#at] = type;
    this.#at += 1;
    this.#at += this.#buffer.write(name, this.#at, 'latin1');
    this.#buffer[this.#at] = 0;
    this.#at += 1;
  }
}
