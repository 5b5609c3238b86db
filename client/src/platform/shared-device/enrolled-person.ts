import type { UserId } from '@eventkit/shared/kernel/ids.ts';
import type { Permission, Role } from '@eventkit/shared/permissions/roles.ts';
import type { WrappedKey } from './pin-vault.ts';

/** Somebody who may act on this device, by the server's word at the last contact. */
export type ToldPerson = {
  readonly enrolmentId: string;
  readonly personId: UserId;
  readonly name: string;
  readonly role: Role;
  readonly permissions: readonly Permission[];
  readonly locale: string;
  /** SHA-256 of the code of the badge, in hexadecimal. */
  readonly badgeHash: string;
};

/** Somebody who may act on this device, as it knows them without the server. */
export type EnrolledPerson = ToldPerson & {
  readonly key: WrappedKey;
  /** In a row. */
  readonly wrongCount: number;
  /** How long the app has to be open still before the next PIN is looked at. */
  readonly waitLeftMs: number;
};

/** What the device keeps of those who share it, beside the replica; outlives the page. */
export type EnrolmentStore = {
  /** Made at the first time. */
  deviceKey(): Promise<CryptoKey>;
  read(): Promise<readonly EnrolledPerson[]>;
  /** One after the other, over all tabs. Nothing else writes. */
  change(to: (people: readonly EnrolledPerson[]) => readonly EnrolledPerson[]): Promise<void>;
};
