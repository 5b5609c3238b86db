import type { TenantChange, TenantTables } from './memory-database.ts';
import type { Checkpoint, StreamRequest } from './virtual-download.ts';
import type { StreamPeer } from './virtual-line.ts';
import type { World } from './world.ts';

type Reader = { readonly tenantId: string; readonly deviceId: string; readonly expiresAtMs: number };

type Stream = {
  readonly reader: Reader;
  readonly peer: StreamPeer;
  generation: number;
  position: number;
  isSending: boolean;
  isClosed: boolean;
};

/** A model of replication and download: commits in their order, the newest checkpoint wins, streams end with tokens. */
export function createVirtualReplication(world: World, tenantsById: ReadonlyMap<string, TenantTables>) {
  const { time, counts } = world;
  const random = world.random.fork('replication');
  const streams = new Set<Stream>();
  /** How many commits of each company have been replicated. */
  const reached = new Map<string, number>();
  let generation = 1;
  let isCopying = false;

  const close = (stream: Stream) => {
    if (stream.isClosed) return;
    stream.isClosed = true;
    streams.delete(stream);
    stream.peer.broke();
  };

  const send = async (stream: Stream): Promise<void> => {
    if (stream.isSending) return;
    stream.isSending = true;
    try {
      for (;;) {
        const checkpoint = stream.isClosed ? null : checkpointFor(stream);
        if (checkpoint === null) break;
        await stream.peer.take(checkpoint);
        stream.generation = checkpoint.generation;
        stream.position = checkpoint.position;
      }
    } catch {
      // The device could not store it, and hangs up.
      close(stream);
    } finally {
      stream.isSending = false;
    }
  };
  const checkpointFor = ({ reader, generation: at, position }: Stream): Checkpoint | null => {
    const tenant = tenantsById.get(reader.tenantId);
    const head = reached.get(reader.tenantId) ?? 0;
    if (tenant === undefined || isCopying || (at === generation && position >= head)) return null;
    const isWhole = at !== generation;
    const changes = changesBetween(tenant, isWhole ? 0 : position, head, reader.deviceId);
    return { generation, position: head, isWhole, changes: isWhole ? changes.filter(isThere) : changes };
  };
  const sendAll = () => {
    for (const stream of [...streams]) void send(stream);
  };

  const follow = (tenantId: string, tenant: TenantTables) => {
    const lagMs = random.between(2, 40);
    const count = tenant.commits.length;
    time.after(lagMs, () => {
      reached.set(tenantId, Math.max(reached.get(tenantId) ?? 0, count));
      sendAll();
    });
  };

  return {
    follow,
    open(reader: Reader, request: StreamRequest, peer: StreamPeer): () => void {
      const { generation: at, position } = request;
      const stream: Stream = { reader, peer, generation: at, position, isSending: false, isClosed: false };
      streams.add(stream);
      time.after(reader.expiresAtMs - time.nowMs(), () => close(stream));
      time.after(1, () => void send(stream));
      return () => {
        stream.isClosed = true;
        streams.delete(stream);
      };
    },
    hasStream: (of: { readonly tenantId: string; readonly deviceId: string }) =>
      [...streams].some(({ reader }) => reader.deviceId === of.deviceId && reader.tenantId === of.tenantId),
    breakStreams() {
      for (const stream of [...streams]) close(stream);
    },
    loseSlot() {
      counts.slotLosses += 1;
      world.trace('slot lost');
      isCopying = true;
      generation += 1;
      time.after(random.between(500, 30_000), () => {
        isCopying = false;
        sendAll();
      });
    },
    head: (tenantId: string) => ({ generation, position: tenantsById.get(tenantId)?.commits.length ?? 0 }),
  };
}

/** The newest state of each row that changed after `from`, up to and with `to`. */
function changesBetween(tenant: TenantTables, from: number, to: number, deviceId: string): TenantChange[] {
  const newest = new Map<string, TenantChange>();
  for (const { changes } of tenant.commits.slice(from, to)) {
    for (const change of changes) {
      if (change.onlyFor === null || change.onlyFor === deviceId)
        newest.set(`${change.table} ${change.id}`, change);
    }
  }
  return [...newest.values()];
}

function isThere({ row }: TenantChange): boolean {
  return row !== null;
}
