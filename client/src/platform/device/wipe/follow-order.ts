import { type Client, createClient, type Transport } from '@connectrpc/connect';
import { DeviceOrderService, WipeKind } from '@eventkit/proto/gen/eventkit/v1/devices_pb.ts';
import { SyncService } from '@eventkit/proto/gen/eventkit/v1/sync_pb.ts';
import type { TenantId } from '@eventkit/shared/kernel/ids.ts';
import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import { waitingPhotoCount } from '#platform/attachments/attachment-queue-store.ts';
import { countUnsent, markAnswered, readOutboxBatch } from '#platform/outbox/outbox-store.ts';
import { readDeviceState } from '#platform/replica/device-state.ts';
import type { Replica } from '#platform/replica/replica.ts';
import { smallCall } from '#platform/rpc/small-call.ts';
import type { TextStore } from '#platform/session/remembered-session.ts';
import { WIPE_KEY, type WipeMarker } from './wipe-marker.ts';

const LARGEST_BATCH = 200;
/** What was never sent, and nothing that was: each is handed in once. */
const ONLY_WAITING = {
  answered: instantOfMs(0),
  kept: instantOfMs(0),
  now: instantOfMs(Date.UTC(9999, 0)),
};

export type OrderPorts = {
  readonly replica: Replica;
  readonly transport: Transport;
  readonly tenantId: TenantId;
  readonly clock: { nowMs(): number };
  readonly store: TextStore;
};

/**
 * Asks whether this device is to be wiped, by its lease, and does what has to be done with what it holds. Answers true
 * once the wipe cannot be withdrawn: it is marked, and carried out where nothing is opened, at the next start.
 */
export async function followOrder(ports: OrderPorts): Promise<boolean> {
  const { replica, transport, tenantId, store } = ports;
  const { lease } = await readDeviceState(replica, ['lease']);
  if (lease === null) return false;
  const orders = createClient(DeviceOrderService, transport);
  const byLease = { ...smallCall(), headers: { authorization: `Lease ${lease}` } };
  let leftCount = await countLeft(replica);
  const { kind } = await orders.getOrder({ leftCount }, byLease);
  if (kind === WipeKind.UNSPECIFIED) return false;
  if (kind === WipeKind.COLLECT) {
    await handIn(ports, createClient(SyncService, transport), byLease.headers);
    const left = await countLeft(replica);
    if (left !== leftCount) await orders.getOrder({ leftCount: left }, byLease);
    leftCount = left;
    if (leftCount > 0) return false;
  }
  await orders.beginWipe({ leftCount }, byLease);
  store.setItem(WIPE_KEY, JSON.stringify({ tenantId, lease } satisfies WipeMarker));
  return true;
}

/** Operations and photos that the server does not have. */
async function countLeft(replica: Replica): Promise<number> {
  const { count } = await replica.get<{ count: number }>(`SELECT ${waitingPhotoCount} AS count`);
  return count + (await countUnsent(replica));
}

async function handIn(
  { replica, clock }: OrderPorts,
  sync: Pick<Client<typeof SyncService>, 'handIn'>,
  headers: HeadersInit,
): Promise<void> {
  for (;;) {
    const { operations } = await readOutboxBatch(replica, ONLY_WAITING, [], LARGEST_BATCH);
    if (operations.length === 0) return;
    await sync.handIn(
      { operations: operations.map(({ id, envelope }) => ({ id, envelope: new Uint8Array(envelope) })) },
      { headers },
    );
    const answers = operations.map(({ id }) => ({
      id,
      verdict: 'kept_unread' as const,
      reason: 'device_shut_out',
    }));
    await markAnswered(replica, answers, instantOfMs(clock.nowMs()));
  }
}
