import type { Line } from '@eventkit/sync-server/testing/raw-reader.ts';

type WireOp = {
  readonly op_id: string;
  readonly op: string;
  readonly checksum: number;
  readonly object_type?: string;
  readonly object_id?: string;
  readonly subkey?: string;
  readonly data?: string | null;
};
type WireBucket = { readonly bucket: string; readonly checksum: number; readonly priority: number };
type WireCheckpoint = { readonly last_op_id: string; readonly write_checkpoint?: string | null };

type HeldRow = { readonly opId: number; readonly row: string; readonly kept: string };
type HeldBucket = { position: number; sum: number; readonly rows: Map<string, HeldRow> };

/**
 * What a device keeps of the lines it gets, and every rule that they break. It goes by the letter of the protocol, as the
 * SDK's core does, and outlives its connections: `begin` one, give it the lines, and come again with `positions`.
 */
export class Follower {
  /** Every rule that a line broke, in words. */
  readonly faults: string[] = [];
  /** Operations got since `begin`. */
  receivedOps = 0;
  /** Rows that came again with the content that was held already, ever. */
  repeatedRows = 0;
  /** Rows of buckets that a checkpoint did not name any more, ever. */
  abandonedRows = 0;
  writeCheckpoint: string | null = null;
  readonly #buckets = new Map<string, HeldBucket>();
  readonly #keep: (data: string) => string;
  #wanted = new Map<string, WireBucket>();
  /** The checkpoint that is being made whole; null before the first line. */
  #checkpoint: number | null = null;
  #completeAt: number | null = null;

  /** `keep` is what is held of a row's data. */
  constructor(keep: (data: string) => string = (data) => data) {
    this.#keep = keep;
  }

  /** A new connection begins. */
  begin(): void {
    this.#wanted = new Map();
    this.#checkpoint = null;
    this.#completeAt = null;
    this.receivedOps = 0;
  }

  positions(): { name: string; after: string }[] {
    return [...this.#buckets].map(([name, { position }]) => ({ name, after: String(position) }));
  }

  /** The newest checkpoint of this connection is whole. */
  get isComplete(): boolean {
    return this.#checkpoint !== null && this.#completeAt === this.#checkpoint;
  }

  /** What is held of a row, by table and id; null when it is not there. */
  row(name: string): string | null {
    let newest: HeldRow | null = null;
    for (const { rows } of this.#buckets.values()) {
      const held = rows.get(`${name}/null`);
      if (held !== undefined && held.opId > (newest?.opId ?? -1)) newest = held;
    }
    return newest?.kept ?? null;
  }

  get rowCount(): number {
    return [...this.#buckets.values()].reduce((sum, { rows }) => sum + rows.size, 0);
  }

  /** What is held of each row, by table and id; of one that is in several buckets, the newest. */
  rows(): Map<string, string> {
    const newest = new Map<string, HeldRow>();
    for (const { rows } of this.#buckets.values()) {
      for (const held of rows.values()) {
        if ((newest.get(held.row)?.opId ?? -1) < held.opId) newest.set(held.row, held);
      }
    }
    return new Map([...newest].map(([row, { kept }]) => [row, kept]));
  }

  take(line: Line): void {
    const kinds = Object.keys(line);
    const [kind = ''] = kinds;
    if (kinds.length !== 1) this.faults.push(`a line of ${kinds.length} keys: ${kinds.join()}`);
    const content = line[kind];
    if (kind === 'checkpoint') {
      const checkpoint = content as WireCheckpoint & { buckets: WireBucket[] };
      this.#wanted = new Map(checkpoint.buckets.map((bucket) => [bucket.bucket, bucket]));
      for (const name of this.#buckets.keys()) if (!this.#wanted.has(name)) this.#abandon(name);
      this.#aim(checkpoint);
    } else if (kind === 'checkpoint_diff') {
      if (this.#checkpoint === null) this.faults.push('a diff before any checkpoint');
      const diff = content as WireCheckpoint & { updated_buckets: WireBucket[]; removed_buckets: string[] };
      for (const bucket of diff.updated_buckets) this.#wanted.set(bucket.bucket, bucket);
      for (const name of diff.removed_buckets) {
        this.#wanted.delete(name);
        this.#abandon(name);
      }
      this.#aim(diff);
    } else if (kind === 'data') this.#store(content as { bucket: string; data: WireOp[] });
    else if (kind === 'partial_checkpoint_complete') {
      const part = content as { last_op_id: string; priority: number };
      this.#expectCurrent(part.last_op_id);
      this.#validate(part.priority);
    } else if (kind === 'checkpoint_complete') {
      const { last_op_id } = content as { last_op_id: string };
      this.#expectCurrent(last_op_id);
      this.#validate(Number.POSITIVE_INFINITY);
      this.#completeAt = Number(last_op_id);
      for (const bucket of this.#buckets.values()) bucket.position = this.#completeAt;
    }
  }

  #aim({ last_op_id, write_checkpoint }: WireCheckpoint): void {
    const next = Number(last_op_id);
    if (typeof last_op_id !== 'string') this.faults.push('last_op_id is not text');
    if (next < (this.#checkpoint ?? 0)) this.faults.push(`checkpoint ${next} after ${this.#checkpoint}`);
    this.writeCheckpoint = write_checkpoint ?? null;
    this.#checkpoint = next;
    this.#completeAt = null;
  }

  #store({ bucket: name, data }: { bucket: string; data: WireOp[] }): void {
    const bucket = this.#buckets.get(name) ?? { position: 0, sum: 0, rows: new Map<string, HeldRow>() };
    this.#buckets.set(name, bucket);
    for (const op of data) {
      const opId = Number(op.op_id);
      this.receivedOps += 1;
      if (typeof op.op_id !== 'string') this.faults.push('op_id is not text');
      // A CLEAR may go back: what follows begins the bucket anew.
      if (opId <= bucket.position && op.op !== 'CLEAR')
        this.faults.push(`operation ${opId} of ${name} after ${bucket.position}, where it should be past`);
      bucket.position = opId;
      if (op.op === 'CLEAR') {
        bucket.sum = op.checksum >>> 0;
        bucket.rows.clear();
        continue;
      }
      bucket.sum = (bucket.sum + op.checksum) >>> 0;
      if (op.op === 'MOVE') continue;
      const row = `${op.object_type}/${op.object_id}`;
      const key = `${row}/${op.subkey ?? 'null'}`;
      if (op.op === 'REMOVE') bucket.rows.delete(key);
      else if (op.op === 'PUT' && typeof op.data === 'string') {
        const kept = this.#keep(op.data);
        if (bucket.rows.get(key)?.kept === kept) this.repeatedRows += 1;
        bucket.rows.set(key, { opId, row, kept });
      } else this.faults.push(`an operation ${op.op} with data of type ${typeof op.data}`);
    }
  }

  #abandon(name: string): void {
    this.abandonedRows += this.#buckets.get(name)?.rows.size ?? 0;
    this.#buckets.delete(name);
  }

  #expectCurrent(lastOpId: string): void {
    if (Number(lastOpId) !== this.#checkpoint)
      this.faults.push(`completed ${lastOpId} where ${this.#checkpoint} is the last checkpoint sent`);
  }

  /** As the SDK: a bucket whose sum is wrong is thrown away, to be downloaded again. */
  #validate(priority: number): void {
    for (const [name, wanted] of this.#wanted) {
      if (wanted.priority > priority) continue;
      const sum = this.#buckets.get(name)?.sum ?? 0;
      if (sum === wanted.checksum >>> 0) continue;
      this.faults.push(`checksum of ${name} at ${this.#checkpoint}: ${sum}, not ${wanted.checksum >>> 0}`);
      this.#buckets.delete(name);
    }
  }
}
