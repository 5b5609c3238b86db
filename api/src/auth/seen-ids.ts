import type { Clock } from '@eventkit/shared/kernel/clock.ts';

export type SeenIds = {
  /** True for an id that was not brought before; remembered for so many seconds. */
  isNew(id: string, lifetimeS: number): boolean;
};

/** What may be used once only, for as long as it could be used again. In this process. */
export function createSeenIds(clock: Pick<Clock, 'wallMs'>): SeenIds {
  const expiryById = new Map<string, number>();
  return {
    isNew(id, lifetimeS) {
      const nowMs = clock.wallMs();
      for (const [seen, expiresAtMs] of expiryById) if (expiresAtMs < nowMs) expiryById.delete(seen);
      if (expiryById.has(id)) return false;
      expiryById.set(id, nowMs + lifetimeS * 1000);
      return true;
    },
  };
}
