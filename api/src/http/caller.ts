import { createContextKey, type HandlerContext } from '@connectrpc/connect';
import type { TenantId, UserId } from '@eventkit/shared/kernel/ids.ts';
import type { Permission, Role } from '@eventkit/shared/permissions/roles.ts';
import { connectErrorOf } from './connect-error-of.ts';
import { remainingMsKey } from './keep-deadline.ts';
import { requestIdKey } from './request-id.ts';

/** The person behind a request, as the server knows them at this moment. */
export type Principal = {
  readonly tenantId: TenantId;
  readonly userId: UserId;
  readonly role: Role;
  readonly permissions: readonly Permission[];
  /** Of the key that a program brought, to act for this person; absent where the person is there. */
  readonly apiKeyId?: string;
};

export type Caller = Principal & {
  readonly requestId: string;
  /** How long they still wait; null where nobody has said. */
  readonly remainingMs: (() => number) | null;
};

export const principalKey = createContextKey<Principal | null>(null, { description: 'who is asking' });

/** Who is asking. Throws where the authentication interceptor has not let anybody through. */
export function callerOf(context: Pick<HandlerContext, 'values'>): Caller {
  const principal = context.values.get(principalKey);
  if (principal === null) throw connectErrorOf({ tag: 'not_signed_in' });
  return {
    ...principal,
    requestId: context.values.get(requestIdKey),
    remainingMs: context.values.get(remainingMsKey),
  };
}
