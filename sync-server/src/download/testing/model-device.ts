import { Writable } from 'node:stream';
import { expect } from 'vitest';
import type { GrantedBucket } from '#config/resolve-buckets.ts';
import { ChunkCache } from '#download/chunk-cache.ts';
import { LineSink } from '#download/line-sink.ts';
import { SyncStream } from '#download/sync-stream.ts';
import { addChecksums } from '#oplog/operation-log.ts';
import type { Line } from '#testing/raw-reader.ts';
import { checkpointsOf, type SeenOp } from '#testing/read-lines.ts';
import { buckets, type ModelStore } from './model-store.ts';

/** A device as the protocol knows it: sums what it is sent, and shows rows at complete checkpoints. */
export class ModelDevice {
  readonly positions = new Map<string, number>();
  completed = 0;
  checkpointCount = 0;
  removalCount = 0;
  readonly #sums = new Map<string, number>();
  readonly #rows = new Map<string, string>();
  #target = new Map<string, number>();
  readonly #store: ModelStore;

  constructor(store: ModelStore) {
    this.#store = store;
  }

  take(line: Line): void {
    const [checkpoint] = checkpointsOf([line]);
    if (checkpoint !== undefined) {
      this.checkpointCount += 1;
      const named = checkpoint.buckets.map(({ bucket }) => bucket);
      if ('checkpoint' in line) for (const name of buckets) if (!named.includes(name)) this.#drop(name);
      for (const name of checkpoint.removed_buckets ?? []) {
        expect(this.#target.has(name)).toBe(true);
        this.removalCount += 1;
        this.#drop(name);
      }
      for (const bucket of checkpoint.buckets) this.#target.set(bucket.bucket, bucket.checksum);
    }
    if ('data' in line) {
      const { bucket, data } = line['data'] as { bucket: string; data: SeenOp[] };
      for (const op of data) {
        expect(this.#target.has(bucket)).toBe(true);
        expect(Number(op.op_id)).toBeGreaterThan(this.positions.get(bucket) ?? 0);
        this.#sums.set(bucket, addChecksums(this.#sums.get(bucket) ?? 0, op.checksum));
        this.positions.set(bucket, Number(op.op_id));
        if (op.op === 'PUT') this.#rows.set(`${bucket}/${op.object_id}`, op.data ?? '');
        if (op.op === 'REMOVE') this.#rows.delete(`${bucket}/${op.object_id}`);
      }
    }
    if ('checkpoint_complete' in line) {
      const head = Number((line['checkpoint_complete'] as { last_op_id: string }).last_op_id);
      for (const [bucket, sum] of this.#target) expect(this.#sums.get(bucket) ?? 0).toBe(sum);
      expect(JSON.stringify(Object.fromEntries([...this.#rows].toSorted()))).toBe(this.#store.stateAt(head));
      for (const bucket of this.#target.keys()) this.positions.set(bucket, head);
      this.completed = head;
    }
  }

  #drop(bucket: string): void {
    this.#target.delete(bucket);
    this.#sums.delete(bucket);
    this.positions.delete(bucket);
    for (const name of this.#rows.keys()) if (name.startsWith(`${bucket}/`)) this.#rows.delete(name);
  }
}

/** Of somebody whose rights never change. */
export function fixedGrant(granted: readonly GrantedBucket[]) {
  return { current: { streams: [], buckets: granted }, isStale: false, refresh: async () => null };
}

/** As a connection's grant does: it is told that the rights have changed, and finds out as of a head, in its time. */
function grantOf(store: ModelStore, onStale: () => void) {
  const bucketsAt = (head: number): GrantedBucket[] =>
    buckets.flatMap((name, priority) =>
      store.rightsAt(head).includes(name) ? [{ name, priority, reasons: [{ default: 0 }] }] : [],
    );
  const grant = {
    current: { streams: [], buckets: bucketsAt(store.oplog.head ?? 0) },
    isStale: false,
    async refresh() {
      grant.isStale = false;
      const head = store.oplog.head ?? 0;
      await new Promise((resolve) => setImmediate(resolve));
      grant.current = { streams: [], buckets: bucketsAt(head) };
      return null;
    },
  };
  const close = store.oplog.lookups.listen(['rights'], () => {
    grant.isStale = true;
    onStale();
  });
  return { grant, close };
}

export function connect(store: ModelStore, device: ModelDevice) {
  let rest = '';
  let isSlow = false;
  let release: (() => void) | null = null;
  const out = new Writable({
    highWaterMark: 1,
    write(bytes: Buffer, _, done) {
      rest += bytes.toString();
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) device.take(JSON.parse(line) as Line);
      if (isSlow) release = done;
      else setImmediate(done);
    },
  });
  const { grant, close } = grantOf(store, () => sync.notify());
  const sync = new SyncStream(
    {
      oplog: store.oplog,
      deployment: store.oplog.deployment,
      chunks: new ChunkCache(store.oplog, 2000),
      sink: new LineSink(out, 'ndjson', 'identity'),
      grant,
      writeCheckpoint: () => null,
    },
    device.positions,
  );
  const running = sync.run();
  return {
    hold(slow: boolean) {
      isSlow = slow;
      if (slow) return;
      const go = release;
      release = null;
      go?.();
    },
    async cut() {
      close();
      out.destroy();
      sync.end();
      await running;
    },
  };
}
