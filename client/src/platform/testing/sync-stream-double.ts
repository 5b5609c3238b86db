import type { TableRows } from './test-stock.ts';

type StoredChange = {
  readonly op_id: string;
  readonly op: 'PUT' | 'REMOVE';
  readonly object_type: string;
  readonly object_id: string;
  readonly subkey: string;
  readonly checksum: number;
  readonly data: string | null;
};

type Bucket = { readonly name: string; readonly priority: number; readonly changes: StoredChange[] };

type StreamRequest = { readonly buckets?: readonly { readonly name: string; readonly after: string }[] };

/** Tables by priority as in sync-config.yaml: a verdict never comes before the rows it speaks of. */
const priorityByTable: ReadonlyMap<string, number> = new Map([
  ['labels', 1],
  ['storage_locations', 1],
  ['vehicles', 1],
  ['events', 1],
]);
const STOCK_PRIORITY = 3;

/**
 * The downloading half of a sync server, in memory: rows go in, every open stream gets a checkpoint. Speaks to the
 * unmodified SDK through its `fetch`.
 */
export function createSyncStreamDouble() {
  const buckets = new Map<number, Bucket>();
  const streams = new Set<() => void>();
  let lastChange = 0;

  const bucketOf = (table: string): Bucket => {
    const priority = priorityByTable.get(table) ?? STOCK_PRIORITY;
    const bucket = buckets.get(priority) ?? { name: `tenant|${priority}`, priority, changes: [] };
    buckets.set(priority, bucket);
    return bucket;
  };
  const store = (table: string, id: string, row: object | null) => {
    lastChange++;
    bucketOf(table).changes.push({
      op_id: String(lastChange),
      op: row === null ? 'REMOVE' : 'PUT',
      object_type: table,
      object_id: id,
      subkey: '',
      checksum: Math.imul(lastChange, 2654435761) >>> 0,
      data: row === null ? null : JSON.stringify(row),
    });
  };

  const open = (request: StreamRequest, signal: AbortSignal | null): Response => {
    const sentUpTo = new Map(request.buckets?.map(({ name, after }) => [name, Number(after)]));
    const encoder = new TextEncoder();
    let stop = (): void => undefined;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        const send = () => {
          for (const line of checkpointLines([...buckets.values()], sentUpTo, lastChange)) {
            controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
          }
        };
        stop = () => {
          if (streams.delete(send)) controller.close();
        };
        streams.add(send);
        send();
      },
      cancel: () => stop(),
    });
    signal?.addEventListener('abort', () => stop());
    stops.add(() => stop());
    return new Response(body, { headers: { 'content-type': 'application/x-ndjson' } });
  };

  const stops = new Set<() => void>();
  return {
    /** One transaction of the server. */
    commit(changes: {
      readonly put?: readonly TableRows[];
      readonly remove?: readonly { readonly table: string; readonly id: string }[];
    }) {
      for (const { table, rows } of changes.put ?? [])
        for (const { id, ...row } of rows) store(table, id, row);
      for (const { table, id } of changes.remove ?? []) store(table, id, null);
      for (const send of [...streams]) send();
    },
    streamCount: () => streams.size,
    /** What PowerSync asks for. */
    async fetch(url: string | URL | Request, init?: RequestInit): Promise<Response> {
      const path = new URL(url instanceof Request ? url.url : url).pathname;
      if (path !== '/sync/stream') return new Response(null, { status: 404 });
      return open(JSON.parse(String(init?.body)) as StreamRequest, init?.signal ?? null);
    },
    endStreams() {
      for (const stop of stops) stop();
      stops.clear();
    },
  };
}

function* checkpointLines(
  buckets: readonly Bucket[],
  sentUpTo: Map<string, number>,
  lastChange: number,
): Iterable<object> {
  const inOrder = buckets.toSorted((a, b) => a.priority - b.priority);
  const last_op_id = String(lastChange);
  yield {
    checkpoint: {
      last_op_id,
      write_checkpoint: null,
      streams: [{ name: 'all', is_default: true, errors: [] }],
      buckets: inOrder.map(({ name, priority, changes }) => ({
        bucket: name,
        priority,
        count: changes.length,
        checksum: changes.reduce((sum, { checksum }) => (sum + checksum) >>> 0, 0),
        subscriptions: [{ default: 0 }],
      })),
    },
  };
  for (const [index, { name, priority, changes }] of inOrder.entries()) {
    const after = sentUpTo.get(name) ?? 0;
    const data = changes.filter(({ op_id }) => Number(op_id) > after);
    sentUpTo.set(name, lastChange);
    if (data.length > 0) {
      yield { data: { bucket: name, after: String(after), next_after: last_op_id, has_more: false, data } };
    }
    if (index < inOrder.length - 1) yield { partial_checkpoint_complete: { last_op_id, priority } };
  }
  yield { checkpoint_complete: { last_op_id } };
}
