import type { Logger } from 'pino';
import type { IdentityProvider } from './identity-provider.ts';
import { createRunningWork } from './running-work.ts';

export type TokenRevocation = {
  /** Has the provider take these refresh tokens back; returns at once. */
  begin(refreshTokens: readonly string[]): void;
  /** Resolves when none is on its way. */
  settled(): Promise<void>;
};

/**
 * Makes the refresh tokens of ended sessions worthless at the provider. Nobody waits for it: the sessions are over, and
 * nobody but us knew the tokens. Where the provider does not answer, they run out there.
 */
export function createTokenRevocation(capabilities: {
  readonly provider: Pick<IdentityProvider, 'revoke'>;
  readonly log: Logger;
}): TokenRevocation {
  const { provider, log } = capabilities;
  const running = createRunningWork();
  return {
    begin(refreshTokens) {
      if (refreshTokens.length > 0) running.add(revokeAll(refreshTokens));
    },
    settled: running.settled,
  };

  /** One after the other: a provider that ends a hundred sessions is not called a hundred times at once. */
  async function revokeAll(refreshTokens: readonly string[]): Promise<void> {
    for (const [index, token] of refreshTokens.entries()) {
      try {
        await provider.revoke(token);
      } catch (thrown) {
        const leftCount = refreshTokens.length - index;
        log.warn({ err: thrown, leftCount }, 'refresh tokens of ended sessions could not be taken back');
        return;
      }
    }
  }
}
