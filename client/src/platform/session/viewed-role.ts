import type { UserId } from '@eventkit/shared/kernel/ids.ts';
import type { Permission } from '@eventkit/shared/permissions/roles.ts';
import type { Session } from './session.ts';

/** A role that somebody looks at the app with, to see what it offers to others. */
export type ViewedRole = {
  /** Who does; another person at the same device does not. */
  readonly userId: UserId;
  /** What the role is called where it is shown. */
  readonly name: string;
  readonly permissions: readonly Permission[];
};

/**
 * The session as screens are to take it: with what the viewed role gives, and never more than the person holds. It is
 * about what is offered alone; the server goes by the real rights, and what is recorded is this person's.
 */
export function seenAs(session: Session, viewed: ViewedRole | null): Session {
  if (viewed === null || viewed.userId !== session.userId) return session;
  const permissions = session.permissions.filter((permission) => viewed.permissions.includes(permission));
  return { ...session, permissions };
}
