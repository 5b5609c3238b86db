import { decideAllKinds } from '@eventkit/client/platform/operations/decide-all-kinds.ts';
import { recordOperation } from '@eventkit/client/platform/operations/record-operation.ts';
import { openNodeReplica } from '@eventkit/client/platform/replica/open-node-replica.ts';
import { createCorrectedClock } from '@eventkit/client/platform/sync/corrected-clock.ts';
import type { AssetId, DeviceId, EventId, UserId } from '@eventkit/shared/kernel/ids.ts';
import { uuidV7 } from '@eventkit/shared/kernel/ids.ts';
import { machineClock } from './machine-clock.ts';

/*
 * A process of its own that scans as fast as it can until it is killed. It prints the id of each operation when its
 * feedback would be given, and not before.
 */
const [folder = '', deviceId = '', userId = '', eventId = '', ...assetIds] = process.argv.slice(2);
const newId = () => uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
const replica = await openNodeReplica({
  folder,
  fileName: 'replica.db',
  deviceId: deviceId as DeviceId,
  newId,
});
const capabilities = {
  replica,
  findDeciding: async () => decideAllKinds,
  clock: createCorrectedClock(machineClock, 0),
  newId,
  identity: { deviceId: deviceId as DeviceId, userId: userId as UserId },
};
for (let index = 0; ; index += 1) {
  const assetId = assetIds[index % assetIds.length] as AssetId;
  const recorded = await recordOperation(capabilities, {
    kind: 'check_out',
    asset: { code: `unread ${assetId}`, assetId, observed: null },
    eventId: eventId as EventId,
    overrideReason: null,
  });
  if (!recorded.ok) throw new Error(recorded.error.problem);
  process.stdout.write(`${recorded.value.operation.id}\n`);
}
