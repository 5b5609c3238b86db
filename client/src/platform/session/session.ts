import type { TenantId, UserId } from '@eventkit/shared/kernel/ids.ts';
import type { Permission, Role } from '@eventkit/shared/permissions/roles.ts';

/** Who uses the device. */
export type Session = {
  readonly userId: UserId;
  readonly tenantId: TenantId;
  readonly tenantName: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly permissions: readonly Permission[];
  /** BCP 47 tag of the language the person reads. */
  readonly locale: string;
  /** The zone that they read times in, their own or the company's; empty for the device's. */
  readonly timeZone: string;
  /** True while the server has not confirmed it on this run: the device remembers who signed in last. */
  readonly isRemembered: boolean;
};
