/** What one part of the system says of itself. */
export type PartHealth = {
  readonly isWell: boolean;
  /** For a person: what is wrong, what it means for them, and the way out. Named on an open page: no addresses. */
  readonly detail?: string;
  /** True for a part without which the rest goes on serving; absent means that it cannot. */
  readonly isSpareable?: boolean;
};

/** Looks at one part; a throw counts as not well. */
export type HealthCheck = () => Promise<PartHealth>;

export type Health = {
  /** `degraded` still serves: do not restart it, but look at it. */
  readonly status: 'ok' | 'degraded' | 'unwell';
  /** The same in words. */
  readonly summary: string;
  readonly parts: Readonly<Record<string, PartHealth & { readonly ms: number }>>;
};

const GIVE_UP_AFTER_MS = 3000;

/** Asks all parts at once; one that does not answer within three seconds is not well. */
export async function examine(checks: Readonly<Record<string, HealthCheck>>): Promise<Health> {
  const parts = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      const startedAt = performance.now();
      const part = await outcomeOf(check);
      return [name, { ...part, ms: Math.round((performance.now() - startedAt) * 10) / 10 }] as const;
    }),
  );
  const unwell = parts.filter(([, { isWell }]) => !isWell);
  const isServing = unwell.every(([, { isSpareable }]) => isSpareable === true);
  return {
    status: unwell.length === 0 ? 'ok' : isServing ? 'degraded' : 'unwell',
    summary:
      unwell.length === 0
        ? 'EventKit is well.'
        : unwell.map(([name, { detail }]) => detail ?? `${name} is not well.`).join(' '),
    parts: Object.fromEntries(parts),
  };
}

async function outcomeOf(check: HealthCheck): Promise<PartHealth> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<PartHealth>((resolve) => {
    timer = setTimeout(
      () => resolve({ isWell: false, detail: `no answer within ${GIVE_UP_AFTER_MS} ms` }),
      GIVE_UP_AFTER_MS,
    );
  });
  try {
    return await Promise.race([check(), timeout]);
  } catch (thrown) {
    return { isWell: false, detail: reasonOf(thrown) };
  } finally {
    clearTimeout(timer);
  }
}

/** The kind of the failure only: an address or a statement is nobody's business on an open page. */
export function reasonOf(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'failed';
  return `not reachable (${code})`;
}
