import type { DeviceId, UserId } from '@eventkit/shared/kernel/ids.ts';
import type { Disposition, Intent, Operation } from '@eventkit/shared/operations/operation.ts';
import fc from 'fast-check';
import { type Act, intentOf, pick } from './intent-of-act.ts';
import { createTestDevice } from './test-device.ts';
import type { UploadTenant } from './upload-tenant.ts';

/** Few assets and many acts, so that they meet. Cases are among the assets, and go into one another. */
export function arbitraryWork({ devices = 3, maxActs = 30 } = {}): fc.Arbitrary<readonly Act[]> {
  const small = fc.nat({ max: 11 });
  const act = fc.record({
    device: fc.nat({ max: devices - 1 }),
    after: fc.nat({ max: 3 }),
    kind: fc.constantFrom<Intent['kind']>(
      'check_out',
      'check_out',
      'check_in',
      'move',
      'pack',
      'pack',
      'unpack',
      'quarantine',
      'release',
      'retire',
      'load',
      'load',
      'unload',
      'dispatch',
      'arrive',
      'confirm_truck_pack',
      'confirm_truck_pack',
      'found',
      'repair_start',
      'repair_done',
      'inspection_result',
      'seal',
      'open',
      'resolve',
      'move_bulk',
      'move_bulk',
      'count_bulk',
      'edit_fields',
      'edit_fields',
      'edit_fields',
      'create_row',
      'delete_row',
      'restore_row',
      'assign_label',
      'assign_label',
      'retire_label',
      'fill_line',
      'open_stocktake',
      'count_asset',
      'count_quantity',
      'request_recount',
      'close_stocktake',
      'review_variance',
      'undo',
    ),
    assets: fc.array(small, { minLength: 1, maxLength: 3 }),
    place: small,
    disposition: fc.constantFrom<Disposition>('ok', 'damaged', 'lost', 'consumed'),
    observed: small,
    back: fc.nat({ max: 3 }),
  });
  return fc.array(act, { maxLength: maxActs, size: 'max' });
}

/** The operations that the acts come to in this company: the same in each company with the same ids. */
export function recordWork(tenant: UploadTenant, acts: readonly Act[]): readonly Operation[] {
  const devices = tenant.deviceIds.map((id, index) =>
    createTestDevice(id, pick<UserId>(tenant.userIds, index), `${id} at work`),
  );
  const minutesByDevice = new Map<number, number>();
  const recorded: Operation[] = [];
  for (const act of acts) {
    const device = act.device % devices.length;
    const own = recorded.filter(({ deviceId }) => deviceId === tenant.deviceIds[device]);
    const at = (minutesByDevice.get(device) ?? 0) + act.after;
    minutesByDevice.set(device, at);
    const intent = intentOf(tenant, act, own);
    if (intent !== null) recorded.push(pick(devices, device).record(intent, { at }));
  }
  return recorded;
}

export function operationsOf(deviceId: DeviceId, operations: readonly Operation[]): Operation[] {
  return operations.filter((operation) => operation.deviceId === deviceId);
}
