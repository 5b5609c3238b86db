import { execFile } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createRandomSource } from '#simulation/random-source.ts';
import { type Ages, createAges, serialOf } from './ages.ts';
import { type RawClient, startRawClient } from './raw-client.ts';
import type { RealServer } from './real-server.ts';
import { openSyncCompany, type SyncCompany } from './sync-company.ts';

export type SoakMinute = {
  /** Since the beginning; the last one may be a part. */
  readonly minutes: number;
  /** Of the server's process. */
  readonly residentMebibytes: number;
  /** The least of the minute: what is left after collections, not what waits for the next. */
  readonly heapMebibytes: number;
  /** Rows of the log of operations, and of them those of rows that are alive. */
  readonly oplogRows: number;
  readonly liveRows: number;
  readonly changesPerSecond: number;
  /** From the confirmation of a change until a client has it, over all clients. */
  readonly lagMsMedian: number;
  readonly lagMsP95: number;
  /** Clients whose connections broke, and rules that were broken. */
  readonly failures: number;
};

export type SoakOutcome = {
  readonly minutes: readonly SoakMinute[];
  readonly changedRows: number;
  /** The trend after the first third, in mebibytes an hour. */
  readonly residentSlope: number;
  readonly heapSlope: number;
  readonly problems: readonly string[];
};

const ASSETS = 5000;
const WRITERS = 4;
const LOOK_AT_HEAP_EVERY_MS = 2_000;
const CAUGHT_UP_WITHIN_MS = 60_000;
/** By the trend: the share of the mean that may be added from the first third until the end. */
const MOST_GROWTH = 0.1;
/** A trend of fewer is chance. */
const FEWEST_TO_JUDGE = 9;
/** As the sync server promises: a twentieth more than what is alive, or 1,000; and what is being gathered just now. */
const oplogBound = (live: number) => live + Math.max(1000, live / 20) + 2000;

/** Single rows change at a steady rate in front of many clients: memory, log and ages must stay where they are. */
export async function runSoak(
  server: RealServer,
  options: {
    readonly minutes: number;
    readonly ratePerSecond: number;
    readonly clients: number;
    readonly seed: string;
    readonly onMinute?: (minute: SoakMinute) => void;
  },
): Promise<SoakOutcome> {
  const random = createRandomSource(options.seed);
  const company = await openSyncCompany(server, ASSETS);
  await server.untilWell();
  const ages = createAges();
  const clients = Array.from({ length: options.clients }, (_, index) =>
    startRawClient({
      company,
      random: random.fork(`client ${index}`),
      ...(index % 2 === 0 ? {} : { accept: 'application/vnd.powersync.bson-stream' }),
      ...([{}, { encoding: 'gzip' }, { encoding: 'zstd' }][index % 3] ?? {}),
      keep: ages.keep,
    }),
  );
  const minutes: SoakMinute[] = [];
  const shift: Shift = { isOver: false, changedRows: 0 };
  try {
    await untilAll(clients, ({ follower }) => follower.isComplete);
    const writing = write(server, company, { ratePerSecond: options.ratePerSecond, shift, ages });
    const startedAt = performance.now();
    while (performance.now() - startedAt < options.minutes * 60_000) {
      const [before, beganAt] = [shift.changedRows, performance.now()];
      const endsAt = startedAt + Math.min(beganAt - startedAt + 60_000, options.minutes * 60_000);
      const heapMebibytes = await leastHeap(server, endsAt);
      const seconds = (performance.now() - beganAt) / 1000;
      const minute = {
        minutes: Math.round((performance.now() - startedAt) / 6000) / 10,
        ...(await look(server)),
        heapMebibytes,
        changesPerSecond: Math.round((shift.changedRows - before) / seconds),
        ...ages.take(),
        failures: failuresOf(clients).length,
      };
      minutes.push(minute);
      options.onMinute?.(minute);
    }
    shift.isOver = true;
    await writing;
    const wanted = await serialsOf(server, company);
    const left = await untilAll(clients, ({ follower }) => {
      const held = follower.rows();
      return wanted.every(([row, number]) => held.get(row) === number);
    }).catch(String);
    const problems = [...failuresOf(clients), ...(left === undefined ? [] : [left]), ...judge(minutes)];
    return {
      minutes,
      changedRows: shift.changedRows,
      residentSlope: slopeAnHour(minutes, ({ residentMebibytes }) => residentMebibytes),
      heapSlope: slopeAnHour(minutes, ({ heapMebibytes }) => heapMebibytes),
      problems,
    };
  } finally {
    shift.isOver = true;
    await Promise.all(clients.map((client) => client.close()));
  }
}

type Shift = { isOver: boolean; changedRows: number };

/** One row a transaction, spread evenly; who falls behind the clock catches up. */
async function write(
  { ownerPool }: RealServer,
  { tenant }: SyncCompany,
  { ratePerSecond, shift, ages }: { ratePerSecond: number; shift: Shift; ages: Ages },
): Promise<void> {
  const random = createRandomSource(tenant.tenantId);
  const startedAt = performance.now();
  let number = 0;
  const one = async () => {
    while (!shift.isOver) {
      number += 1;
      const mine = number;
      const early = startedAt + (mine / ratePerSecond) * 1000 - performance.now();
      if (early > 0) await wait(early);
      const id = random.pick(tenant.assetIds);
      const { rows } = await ownerPool.query<{ serial: string }>(
        'UPDATE assets SET serial = $3 WHERE tenant_id = $1 AND id = $2 RETURNING serial',
        [tenant.tenantId, id, serialOf(mine)],
      );
      shift.changedRows += rows.length;
      ages.note(mine);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, one));
}

/** What `Ages` has clients hold, as the database has it. */
async function serialsOf({ ownerPool }: RealServer, { tenant }: SyncCompany) {
  const { rows } = await ownerPool.query<{ row: string; number: string }>(
    `SELECT 'assets/' || id AS row, coalesce(substr(serial, $2), '') AS number FROM assets WHERE tenant_id = $1`,
    [tenant.tenantId, serialOf(0).length],
  );
  return rows.map(({ row, number }) => [row, number] as const);
}

/** Looks at the heap again and again until `endsAt`. In mebibytes. */
async function leastHeap({ port }: RealServer, endsAt: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  while (performance.now() < endsAt) {
    await wait(Math.min(LOOK_AT_HEAP_EVERY_MS, endsAt - performance.now()));
    const metrics = await (await fetch(`http://localhost:${port}/metrics`)).text();
    const heap = /^nodejs_heap_size_used_bytes(?:\{.*\})? (\S+)$/m.exec(metrics)?.[1];
    least = Math.min(least, Number(heap));
  }
  return Math.round(least / 2 ** 20);
}

async function look({ ownerPool, pid }: RealServer) {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  const { rows } = await ownerPool.query<{ all: string; live: string }>(
    'SELECT count(*) AS all, count(*) FILTER (WHERE superseded_by IS NULL) AS live FROM sync.ops',
  );
  return {
    residentMebibytes: Math.round(Number(stdout) / 1024),
    oplogRows: Number(rows[0]?.all),
    liveRows: Number(rows[0]?.live),
  };
}

function failuresOf(clients: readonly RawClient[]): string[] {
  return clients.flatMap(({ name, brokenConnections, follower }) => [
    ...(brokenConnections > 0 ? [`${name}: ${brokenConnections} connections broke`] : []),
    ...follower.faults.map((fault) => `${name}: ${fault}`),
  ]);
}

async function untilAll(clients: readonly RawClient[], isSo: (client: RawClient) => boolean): Promise<void> {
  const givenUpAt = performance.now() + CAUGHT_UP_WITHIN_MS;
  for (const client of clients) {
    while (!isSo(client)) {
      if (performance.now() > givenUpAt) throw new Error(`${client.name} is not up to date`);
      await wait(50);
    }
  }
}

/** The first third is for caches to fill. */
const settled = (minutes: readonly SoakMinute[]) => minutes.slice(Math.floor(minutes.length / 3));

/** Of the line of least squares. */
function slopeAnHour(minutes: readonly SoakMinute[], read: (minute: SoakMinute) => number): number {
  const points = settled(minutes).map((minute) => [minute.minutes / 60, read(minute)] as const);
  const mean = (index: 0 | 1) => points.reduce((sum, point) => sum + point[index], 0) / points.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  if (spread === 0) return 0;
  return Math.round(points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread);
}

function judge(minutes: readonly SoakMinute[]): string[] {
  const problems: string[] = [];
  for (const [name, read] of [
    ['resident memory', ({ residentMebibytes }: SoakMinute) => residentMebibytes],
    ['heap', ({ heapMebibytes }: SoakMinute) => heapMebibytes],
  ] as const) {
    const values = settled(minutes).map(read);
    const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
    const hours = ((minutes.at(-1)?.minutes ?? 0) * 2) / 3 / 60;
    const growth = slopeAnHour(minutes, read) * hours;
    if (minutes.length >= FEWEST_TO_JUDGE && growth > mean * MOST_GROWTH)
      problems.push(`${name} grew by ${Math.round(growth)} of ${Math.round(mean)} MiB`);
  }
  const most = settled(minutes).find(({ oplogRows, liveRows }) => oplogRows > oplogBound(liveRows));
  if (most !== undefined)
    problems.push(`the log held ${most.oplogRows} rows for ${most.liveRows} that are alive`);
  return problems;
}
