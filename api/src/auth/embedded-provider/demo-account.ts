import type { Role } from '@eventkit/shared/permissions/roles.ts';

/** A demo user that the embedded provider signs in without a password. */
export type DemoAccount = {
  /** The user's id; the subject of their tokens. */
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly company: string;
};
