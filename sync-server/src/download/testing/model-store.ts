import { BucketLog } from '#oplog/bucket-log.ts';
import { addChecksums, type LoggedOp } from '#oplog/operation-log.ts';
import { Oplog } from '#oplog/oplog.ts';

export const buckets = ['urgent', 'stock'];

type StoredOp = LoggedOp & { bucket: string; supersededBy: number | null; isMerged: boolean };

/** The database and the writer in one: what is committed is seen by range reads before it is published. */
export class ModelStore {
  readonly oplog = new Oplog();
  readonly ops: StoredOp[] = [];
  /** What everybody together may see at each head that was served. */
  readonly #statesByHead = new Map<number, Record<string, string>>([[0, {}]]);
  /** Who has a right to which buckets from which operation on; a right takes an operation of its own. */
  readonly #rights: { readonly from: number; readonly buckets: readonly string[] }[] = [{ from: 0, buckets }];
  #hasNewRights = false;
  lastOpId = 0;
  readonly #unpublished: {
    forks: Map<string, BucketLog>;
    superseded: { bucket: string; opId: number; count: number }[];
  } = {
    forks: new Map(),
    superseded: [],
  };

  constructor() {
    this.oplog.open('d', [], 0, async (bucketId, from, to) => {
      // As far away as a database is: whatever is ready to run may run first.
      await new Promise((resolve) => setImmediate(resolve));
      const name = buckets[bucketId] ?? '';
      const found = this.ops.filter((op) => op.bucket === name && op.opId > from && op.opId <= to);
      const gone = found.filter((op) => op.supersededBy !== null);
      const last = gone.at(-1);
      return {
        ops: found.filter((op) => op.supersededBy === null),
        dropped:
          last === undefined
            ? null
            : {
                opId: last.opId,
                checksum: gone.reduce((sum, op) => addChecksums(sum, op.checksum), 0),
                // Nothing tells what superseded a row that is gone.
                supersededBy: Math.max(...gone.map((op) => (op.isMerged ? 0 : (op.supersededBy ?? 0)))),
              },
        isMerged: gone.some((op) => op.isMerged),
      };
    });
  }

  write(bucket: string, rowId: string, data: string | null): void {
    this.lastOpId += 1;
    const opId = this.lastOpId;
    const old = this.ops.findLast((op) => op.bucket === bucket && op.rowId === rowId);
    const op: StoredOp = {
      opId,
      table: bucket,
      rowId,
      data,
      bucket,
      checksum: (opId * 2654435761) >>> 0,
      supersededBy: null,
      isMerged: false,
    };
    this.ops.push(op);
    const { forks, superseded } = this.#unpublished;
    const fork =
      forks.get(bucket) ??
      this.oplog.bucket(bucket)?.fork() ??
      new BucketLog(buckets.indexOf(bucket), bucket, { ops: 4, bytes: 1_000_000 });
    forks.set(bucket, fork);
    fork.append(op);
    if (old !== undefined) {
      old.supersededBy = opId;
      superseded.push({ bucket, opId: old.opId, count: 1 });
    }
  }

  /** From the next publication on the device has a right to these. */
  entitle(names: readonly string[]): void {
    this.lastOpId += 1;
    this.#rights.push({ from: this.lastOpId, buckets: names });
    this.#hasNewRights = true;
  }

  rightsAt(head: number): readonly string[] {
    return this.#rights.findLast((right) => right.from <= head)?.buckets ?? [];
  }

  /** What a device must show at this head. */
  stateAt(head: number): string {
    const rights = this.rightsAt(head);
    const rows = Object.entries(this.#statesByHead.get(head) ?? { never: 'served' });
    return JSON.stringify(
      Object.fromEntries(rows.filter(([name]) => rights.includes(name.split('/')[0] ?? ''))),
    );
  }

  /** As compaction does, of what is published. */
  merge(): void {
    for (const bucket of buckets) {
      const log = this.oplog.bucket(bucket);
      if (log === null) continue;
      const upTo = this.oplog.announceMerge(log);
      for (const op of this.ops)
        if (op.bucket === bucket && (op.supersededBy ?? Infinity) <= upTo) op.isMerged = true;
    }
  }

  publish(): void {
    const head = this.lastOpId;
    this.#statesByHead.set(head, this.#rows());
    const { forks, superseded } = this.#unpublished;
    if (this.#hasNewRights) this.oplog.lookups.publish(['rights']);
    this.#hasNewRights = false;
    this.oplog.publish([...forks.values()], superseded.splice(0), head);
    forks.clear();
  }

  #rows(): Record<string, string> {
    const live = this.ops.filter((op) => op.supersededBy === null && op.data !== null);
    return Object.fromEntries(live.map((op) => [`${op.bucket}/${op.rowId}`, op.data ?? '']).toSorted());
  }
}
