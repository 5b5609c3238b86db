import { randomBytes } from 'node:crypto';
import { fetchToken } from '@eventkit/cli/commands/token.ts';
import { readRuntime } from '@eventkit/cli/stack/runtime-file.ts';
import { uuidV7 } from '@eventkit/shared/kernel/ids.ts';
import { startRunningStack } from '@eventkit/tests/stack/running-stack.ts';
import { apiCalls } from './api/api-calls.ts';
import { type Load, runLoad } from './api/api-load.ts';
import { measureBurst } from './api/burst.ts';
import { processorMs } from './api/processor-time.ts';
import { type Bench, percentile } from './bench.ts';
import type { BenchStack } from './bench-stack.ts';

const PEOPLE = 50;
const EVENTS = 10_000;
const WARM_UP_MS = 5000;
const LOAD_MS = 30_000;
const BUDGET_P95_MS = 100;
const LIMITS = ['ADDRESS', 'USER', 'TENANT', 'KEY', 'USER_DEVICES', 'TENANT_DEVICES'];

/**
 * Fifty people at once, each with one call after the other, over a large company: how long 95 of 100 calls of each kind
 * take, how many are answered in a second, and what each costs of the processor, which a busy machine changes least.
 * Then what the others notice of somebody who calls ten times as often as is allowed.
 */
export const benchApi: Bench = async ({ assetCount }) => {
  // Nobody is refused while it is measured what can be answered.
  for (const limit of LIMITS) process.env[`RATE_LIMIT_${limit}`] = '0';
  const stack = await startRunningStack({ assetCount });
  try {
    const { url, dataDir } = stack;
    const { tenantId, emails } = await addPeopleAndEvents(stack);
    const tokens: string[] = [];
    for (const user of emails) tokens.push(await fetchToken({ url, dataDir, user, audience: 'api' }));
    const calls = await apiCalls(stack, tenantId);
    await runLoad(url, tokens, calls, WARM_UP_MS);
    const before = await processorTimes(dataDir);
    const own = process.cpuUsage();
    const load = await runLoad(url, tokens, calls, LOAD_MS);
    const after = await processorTimes(dataDir);
    const { user, system } = process.cpuUsage(own);

    // With the usual limits; the database stays as it is.
    for (const limit of LIMITS) delete process.env[`RATE_LIMIT_${limit}`];
    await stack.kill();
    await stack.start();
    const [greedy = '', ...others] = tokens;
    const burst = await measureBurst(stack, greedy, others.slice(0, 10));
    const morePercent = Math.round((burst.besideMs / burst.calmMs - 1) * 100);
    const { figures, budgets } = figuresOf(load);
    const cost = costOf(before, after, load.timed.length);
    return {
      figures: {
        ...figures,
        ...cost,
        measurer_processor_ms_per_call: round((user + system) / 1000 / load.timed.length),
        others_p95_calm_ms: burst.calmMs,
        others_p95_beside_burst_ms: burst.besideMs,
        others_p95_more_percent: morePercent,
        refused_percent: Math.round(burst.refused * 100),
      },
      budgets: { ...budgets, others_p95_more_percent: 20 },
      notes: [
        'who calls, who measures, server and database share this machine and its processors',
        'requests_per_s is what was answered beside all of that; calls_per_s_by_processor_time is what it would be without the measurer',
        ...burst.notes,
      ],
    };
  } finally {
    await stack.dispose();
  }
};

async function addPeopleAndEvents(stack: Pick<BenchStack, 'query'>) {
  const [tenant] = await stack.query<{ id: string }>('SELECT tenant_id AS id FROM users LIMIT 1');
  if (tenant === undefined) throw new Error('there is no demo company');
  const emails = Array.from({ length: PEOPLE }, (_, place) => `bench-${place}@nordlicht.example`);
  for (const email of emails) {
    const values = [tenant.id, uuidV7(Date.now(), randomBytes(10)), email];
    await stack.query(
      `INSERT INTO users (tenant_id, id, email, name, role) VALUES ($1, $2, $3, 'Bench', 'admin')`,
      values,
    );
  }
  await stack.query(
    `INSERT INTO events (tenant_id, id, name, status, load_at, starts_at, ends_at, return_at)
     SELECT $1, gen_random_uuid(), 'Bench ' || n, 'confirmed', day, day, day, day
     FROM generate_series(1, $2::int) AS n, LATERAL (SELECT now() + n * interval '1 hour' AS day) AS at`,
    [tenant.id, EVENTS],
  );
  return { tenantId: tenant.id, emails };
}

function figuresOf({ timed, tookMs }: Load) {
  const byRpc = Map.groupBy(timed, ({ rpc }) => rpc);
  const p95 = [...byRpc].map(
    ([rpc, calls]) =>
      [
        `${rpc}_p95_ms`,
        percentile(
          calls.map(({ ms }) => ms),
          0.95,
        ),
      ] as const,
  );
  const figures = { ...Object.fromEntries(p95), requests_per_s: Math.round((timed.length / tookMs) * 1000) };
  const budgets = Object.fromEntries(p95.map(([name]) => [name, BUDGET_P95_MS]));
  return { figures, budgets: { ...budgets, requests_per_s: 1500 } };
}

type ProcessorTimes = { readonly server: number; readonly database: number };

async function processorTimes(dataDir: string): Promise<ProcessorTimes | null> {
  const runtime = await readRuntime(dataDir);
  if (runtime === null) throw new Error(`nothing runs on ${dataDir}`);
  const { eventkit, postgres } = runtime.pids;
  const server = processorMs(eventkit);
  const database = postgres === null ? null : processorMs(postgres);
  return server === null || database === null ? null : { server, database };
}

/** Milliseconds of a processor for one call, and how many calls two of them could answer if they did nothing else. */
function costOf(
  before: ProcessorTimes | null,
  after: ProcessorTimes | null,
  count: number,
): Record<string, number> {
  if (before === null || after === null) return {};
  const server = (after.server - before.server) / count;
  const database = (after.database - before.database) / count;
  return {
    server_processor_ms_per_call: round(server),
    database_processor_ms_per_call: round(database),
    // The server has one thread; the database may use what is left of the other processor.
    calls_per_s_by_processor_time: Math.round(Math.min(1000 / server, 2000 / (server + database))),
  };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
