import type pg from 'pg';
import type { Logger } from 'pino';
import type { IdentityProvider } from './identity-provider.ts';
import { createRunningWork } from './running-work.ts';
import { endSession, keepTokens, type Session, takeDueCheck } from './session-store.ts';
import { takeRoleOf } from './take-role-of.ts';
import type { TokenRevocation } from './token-revocation.ts';

export type SessionCheck = {
  /** Asks the provider about the person of this session where it is time to; returns at once. */
  begin(session: Session, id: string): void;
  /** Resolves when no check is running: what a provider gave in exchange for a used token must not get lost. */
  settled(): Promise<void>;
};

/**
 * Keeps sessions honest: every ten minutes in use, the session's refresh token is exchanged. A provider that refuses
 * ends the session; one that does not answer leaves it as it is, as crews go on working meanwhile. Where roles are the
 * provider's matter, the person has the one it names now, and without any the session ends.
 */
export function createSessionCheck(capabilities: {
  readonly pool: pg.Pool;
  readonly provider: IdentityProvider;
  readonly tokenRevocation: Pick<TokenRevocation, 'begin'>;
  readonly log: Logger;
}): SessionCheck {
  const { log } = capabilities;
  const running = createRunningWork();
  return {
    begin(session, id) {
      if (!session.isCheckDue) return;
      const { userId, tenantId } = session;
      running.add(
        check(capabilities, session, id).catch((thrown: unknown) =>
          log.warn({ userId, tenantId, err: thrown }, 'session kept, as the identity provider was no help'),
        ),
      );
    },
    settled: running.settled,
  };
}

async function check(
  { pool, provider, tokenRevocation, log }: Parameters<typeof createSessionCheck>[0],
  session: Session,
  id: string,
): Promise<void> {
  const tokens = await takeDueCheck(pool, session, id);
  if (tokens === null) return;
  const refreshed = await provider.refresh(tokens);
  if (!refreshed.ok) return end(refreshed.error.reason);
  // Kept before anything else is asked: the tokens of before are used up.
  await keepTokens(pool, session, id, refreshed.value);
  const role = await takeRoleOf(pool, session, await provider.rolesNow(refreshed.value.told));
  if (role.ok) return;
  await end(role.error.tag);
  tokenRevocation.begin([refreshed.value.refreshToken]);

  async function end(reason: string): Promise<void> {
    const { userId, tenantId } = session;
    log.info({ userId, tenantId, reason }, 'session ended by the identity provider');
    await endSession(pool, session, id);
  }
}
