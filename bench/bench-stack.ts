import { fetchToken } from '@eventkit/cli/commands/token.ts';
import { readRuntime } from '@eventkit/cli/stack/runtime-file.ts';
import { type RunningStack, startRunningStack } from '@eventkit/tests/stack/running-stack.ts';
import pg from 'pg';

/** A running EventKit with the demo company, of which the benches only need to know this. */
export type BenchStack = Pick<RunningStack, 'url' | 'query' | 'token'> & AsyncDisposable;

/**
 * EventKit in a process of its own, with the app as it is built from these sources. Made anew and removed afterwards,
 * unless EVENTKIT_BENCH_DATA names the data folder of one that runs already: then that one is used and left alone.
 */
export async function openBenchStack(assetCount: number): Promise<BenchStack> {
  const dataDir = process.env['EVENTKIT_BENCH_DATA'];
  if (dataDir !== undefined) return joinStack(dataDir);
  const stack = await startRunningStack({ assetCount });
  return { ...stack, [Symbol.asyncDispose]: () => stack.dispose() };
}

async function joinStack(dataDir: string): Promise<BenchStack> {
  const runtime = await readRuntime(dataDir);
  if (runtime === null) throw new Error(`no EventKit runs on ${dataDir}`);
  const { url, databaseUrl } = runtime;
  const client = new pg.Client(databaseUrl);
  await client.connect();
  return {
    url,
    query: async (sql, values = []) => (await client.query(sql, [...values])).rows,
    token: (user, audience) => fetchToken({ url, dataDir, user, audience }),
    [Symbol.asyncDispose]: () => client.end(),
  };
}

/** The replication has caught up with everything that is in the database now. */
export async function untilReplicated(stack: BenchStack): Promise<void> {
  for (;;) {
    const [counts] = await stack.query<{ copied: number; rows: number }>(
      `SELECT (SELECT count(*) FROM sync.ops)::int AS copied,
              (SELECT count(*) FROM assets)::int + (SELECT count(*) FROM labels)::int AS rows`,
    );
    const health: { readonly status?: string } = await (await fetch(`${stack.url}/health`)).json();
    if (health.status === 'ok' && counts !== undefined && counts.copied >= counts.rows) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
