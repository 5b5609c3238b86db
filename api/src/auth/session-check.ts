import type pg from 'pg';
import type { Logger } from 'pino';
import type { IdentityProvider } from './identity-provider.ts';
import { endSession, keepTokens, type Session, takeDueCheck } from './session-store.ts';

export type SessionCheck = {
  /** Asks the provider about the person of this session where it is time to; returns at once. */
  begin(session: Session, id: string): void;
  /** Resolves when no check is running: what a provider gave in exchange for a used token must not get lost. */
  settled(): Promise<void>;
};

/**
 * Keeps sessions honest: every ten minutes in use, the session's refresh token is exchanged. A provider that refuses
 * ends the session; one that does not answer leaves it as it is, as crews go on working meanwhile.
 */
export function createSessionCheck(capabilities: {
  readonly pool: pg.Pool;
  readonly provider: IdentityProvider;
  readonly log: Logger;
}): SessionCheck {
  const { log } = capabilities;
  const running = new Set<Promise<void>>();
  return {
    begin(session, id) {
      if (!session.isCheckDue) return;
      const { userId, tenantId } = session;
      const checking: Promise<void> = check(capabilities, session, id)
        .catch((thrown: unknown) =>
          log.warn({ userId, tenantId, err: thrown }, 'session kept, as the identity provider was no help'),
        )
        .finally(() => running.delete(checking));
      running.add(checking);
    },
    async settled() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

async function check(
  { pool, provider, log }: Parameters<typeof createSessionCheck>[0],
  session: Session,
  id: string,
): Promise<void> {
  const tokens = await takeDueCheck(pool, session, id);
  if (tokens === null) return;
  const refreshed = await provider.refresh(tokens);
  if (refreshed.ok) return keepTokens(pool, session, id, refreshed.value);
  const { userId, tenantId } = session;
  log.info({ userId, tenantId, reason: refreshed.error.reason }, 'session ended by the identity provider');
  await endSession(pool, session, id);
}
