import type { Line } from './raw-reader.ts';

export type SeenCheckpoint = {
  readonly last_op_id: string;
  readonly write_checkpoint?: string;
  readonly buckets: readonly {
    readonly bucket: string;
    readonly checksum: number;
    readonly count: number;
    readonly priority: number;
    readonly subscriptions: readonly Line[];
  }[];
  readonly removed_buckets?: readonly string[];
};

export type SeenOp = {
  readonly op_id: string;
  readonly op: string;
  readonly checksum: number;
  readonly object_type?: string;
  readonly object_id?: string;
  readonly data?: string;
};

/** The checkpoint and diff lines; of a diff the buckets that it updates. */
export function checkpointsOf(lines: readonly Line[]): SeenCheckpoint[] {
  return lines.flatMap((line) => {
    if ('checkpoint' in line) return [line['checkpoint'] as SeenCheckpoint];
    if (!('checkpoint_diff' in line)) return [];
    const diff = line['checkpoint_diff'] as SeenCheckpoint & { updated_buckets: SeenCheckpoint['buckets'] };
    return [{ ...diff, buckets: diff.updated_buckets }];
  });
}

export function dataOf(lines: readonly Line[]): SeenOp[] {
  return lines.flatMap((line) => ('data' in line ? (line['data'] as { data: SeenOp[] }).data : []));
}

/** What the lines come to: the content of each row, by table and id. */
export function rowsOf(lines: readonly Line[]): Map<string, string> {
  const rows = new Map<string, string>();
  for (const op of dataOf(lines)) {
    if (op.op === 'PUT') rows.set(`${op.object_type}/${op.object_id}`, op.data ?? '');
    if (op.op === 'REMOVE') rows.delete(`${op.object_type}/${op.object_id}`);
  }
  return rows;
}

/** The same where buckets come and go: what of `table/id` is in a bucket that the client still has. */
export function heldRows(lines: readonly Line[]): Map<string, string> {
  return new Map([...rowsByBucket(lines).values()].flatMap((rows) => [...rows]));
}

/** By bucket that the client still has, the content of each row, by table and id. */
export function rowsByBucket(lines: readonly Line[]): Map<string, Map<string, string>> {
  const buckets = new Map<string, Map<string, string>>();
  for (const line of lines) {
    for (const name of checkpointsOf([line])[0]?.removed_buckets ?? []) buckets.delete(name);
    if (!('data' in line)) continue;
    const { bucket } = line['data'] as { bucket: string };
    const rows = buckets.get(bucket) ?? new Map<string, string>();
    buckets.set(bucket, rows);
    for (const op of dataOf([line])) {
      const name = `${op.object_type}/${op.object_id}`;
      if (op.op === 'PUT') rows.set(name, op.data ?? '');
      if (op.op === 'REMOVE') rows.delete(name);
    }
  }
  return buckets;
}

/** By bucket, the sum of the checksums of what was sent. */
export function checksumsOf(lines: readonly Line[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const line of lines) {
    if (!('data' in line)) continue;
    const { bucket, data } = line['data'] as { bucket: string; data: SeenOp[] };
    for (const op of data) sums.set(bucket, ((sums.get(bucket) ?? 0) + op.checksum) >>> 0);
  }
  return sums;
}

/** The last checkpoint among the lines was completed. */
export function isComplete(lines: readonly Line[]): boolean {
  const last = lines.findLast((line) => 'checkpoint' in line || 'checkpoint_diff' in line);
  return (
    last !== undefined && lines.indexOf(last) < lines.findLastIndex((line) => 'checkpoint_complete' in line)
  );
}
