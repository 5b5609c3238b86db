/** What one part of the system says of itself. */
export type PartHealth = { readonly isWell: boolean; readonly detail?: string };

/** Looks at one part; a throw counts as not well. */
export type HealthCheck = () => Promise<PartHealth>;

export type Health = {
  readonly status: 'ok' | 'unwell';
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
  const isWell = parts.every(([, part]) => part.isWell);
  return { status: isWell ? 'ok' : 'unwell', parts: Object.fromEntries(parts) };
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
function reasonOf(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'failed';
  return `not reachable (${code})`;
}
