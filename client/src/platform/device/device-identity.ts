import type { DeviceId } from '@eventkit/shared/kernel/ids.ts';

/** What the server and people know this device by. One per company that was signed in to. */
export type DeviceIdentity = {
  readonly deviceId: DeviceId;
  /** What people call it, e.g. Dock 2 phone. */
  readonly name: string;
  /** False until the server has heard of it; it is told at the first chance. */
  readonly isRegistered: boolean;
};
