import type { Permission, Role } from './roles.ts';

/** What a sync token says beside who it is for: everything that decides which rows reach a device. */
export type SyncClaims = {
  readonly tenant_id: string;
  readonly device_id: string;
  readonly role: Role;
  readonly permissions: readonly string[];
};

/** The claims of a device's token, by what its user may do. */
export function syncClaimsOf(of: {
  readonly tenantId: string;
  readonly deviceId: string;
  readonly role: Role;
  readonly permissions: readonly Permission[];
}): SyncClaims {
  const { tenantId, deviceId, role, permissions } = of;
  return { tenant_id: tenantId, device_id: deviceId, role, permissions: [...permissions] };
}
