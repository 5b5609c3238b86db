import type { DeviceId, NewId, TenantId } from '@eventkit/shared/kernel/ids.ts';
import { isUuid } from '@eventkit/shared/kernel/ids.ts';
import type { TextStore } from '#platform/session/remembered-session.ts';

/**
 * The id of this browser within a company, made at the first time. It stands beside the replica, so that a device
 * whose database was cleared keeps its name and begins a new epoch.
 */
export function rememberedDeviceId(store: TextStore, tenantId: TenantId, newId: NewId): DeviceId {
  const key = `eventkit.device.${tenantId}`;
  const known = store.getItem(key);
  if (known !== null && isUuid(known)) return known as DeviceId;
  const made = newId() as DeviceId;
  store.setItem(key, made);
  return made;
}
