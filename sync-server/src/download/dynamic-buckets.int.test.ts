import { afterEach, beforeEach, expect, test } from 'vitest';
import { CrewStage, heldBy, namesOf } from '#testing/crew-stage.ts';
import type { TestDevice } from '#testing/device.ts';
import { checkpointsOf, isComplete } from '#testing/read-lines.ts';
import { eventually } from '#testing/running-sync-server.ts';

let crew: CrewStage;

beforeEach(async () => {
  crew = await CrewStage.create();
  for (const job of ['a', 'b']) {
    await crew.insert('jobs', { id: job, name: `Job ${job}` });
    await crew.insert('tasks', { id: `${job}1`, event_id: job, title: 'Rig' });
    await crew.insert('tasks', { id: `${job}2`, event_id: job, title: 'Light' });
  }
});

afterEach(() => crew.close());

const assign = (id: string, user: string, job: string) =>
  crew.insert('assignments', { id, user_id: user, event_id: job });
const end = (id: string) =>
  crew.db.query(`UPDATE assignments SET ended_at = '2026-11-23' WHERE id = $1`, [id]);

async function untilHeld(device: TestDevice, held: string): Promise<void> {
  const startedAt = performance.now();
  await eventually(async () => (await heldBy(device)) === held, `the device to hold "${held}"`);
  expect(performance.now() - startedAt).toBeLessThan(5000);
}

const jobA = 'jobs a, tasks a1 a2';
const jobB = 'jobs b, tasks b1 b2';

test('[SY45] an assignment is given, moved and ended: its rows come and go on the devices of its person alone', async () => {
  await assign('x', 'anna', 'a');
  await crew.start();
  const [first, second, other] = [
    await crew.device('anna'),
    await crew.device('anna'),
    await crew.device('bert'),
  ];
  await untilHeld(first, jobA);
  await untilHeld(second, jobA);
  expect(await heldBy(other)).toBe('');
  await assign('y', 'bert', 'b');
  await untilHeld(other, jobB);
  await crew.db.query(`UPDATE assignments SET event_id = 'b' WHERE id = 'x'`);
  await untilHeld(first, jobB);
  await untilHeld(second, jobB);
  // A change of a row in a bucket that came later arrives as any other does.
  await crew.insert('tasks', { id: 'b3', event_id: 'b', title: 'Sound' });
  await untilHeld(first, `${jobB} b3`);
  await end('x');
  await untilHeld(first, '');
  await untilHeld(second, '');
  await untilHeld(other, `${jobB} b3`);
  await crew.db.query(`DELETE FROM assignments WHERE id = 'y'`);
  await untilHeld(other, '');
  await crew.db.query(`UPDATE assignments SET ended_at = NULL WHERE id = 'x'`);
  await untilHeld(first, `${jobB} b3`);
});

test('[SY45] [SY13] a move is one checkpoint with what is new and what is gone; nobody else hears of it', async () => {
  await assign('x', 'anna', 'a');
  await crew.start();
  const anna = await crew.drained('anna');
  const bert = await crew.drained('bert');
  expect(namesOf(anna)).toBe(jobA);
  const [from, quiet] = [anna.lines.length, bert.lines.length];
  await crew.db.query(`UPDATE assignments SET event_id = 'b' WHERE id = 'x'`);
  await eventually(() => isComplete(anna.lines.slice(from)), 'the move');
  const [diff, ...more] = checkpointsOf(anna.lines.slice(from));
  const short = (name: string) => name.slice(name.indexOf('#'));
  expect(more).toEqual([]);
  expect(diff?.buckets.map((bucket) => [short(bucket.bucket), bucket.count, bucket.priority])).toEqual([
    ['#crew|0["t-1","b"]', 3, 2],
  ]);
  expect(diff?.removed_buckets?.map(short)).toEqual(['#crew|0["t-1","a"]']);
  expect(namesOf(anna)).toBe(jobB);
  expect(bert.lines.length).toBe(quiet);
});

test('[SY43] a second assignment to the same job changes nothing, and holds when the first ends', async () => {
  await assign('x', 'anna', 'a');
  await crew.start();
  const anna = await crew.drained('anna');
  const from = anna.lines.length;
  await assign('y', 'anna', 'a');
  await end('x');
  await crew.insert('tasks', { id: 'a3', event_id: 'a', title: 'Sound' });
  await eventually(() => namesOf(anna) === `${jobA} a3`, 'the new task');
  expect(checkpointsOf(anna.lines.slice(from)).flatMap((one) => one.removed_buckets)).toEqual([]);
  await end('y');
  await eventually(() => namesOf(anna) === '', 'the end');
});

test('[SY45] a right in a table ends while its bucket is being sent: no more of it comes', async () => {
  // More than what the sockets between server and client hold.
  const many = 12_000;
  await crew.db.query(
    `INSERT INTO tasks (id, tenant_id, event_id, title)
     SELECT 'n' || n, 't-1', 'a', repeat(md5(n::text), 60) FROM generate_series(1, $1::int) AS n`,
    [many],
  );
  await assign('x', 'anna', 'a');
  await crew.start({
    configText: `
config: { edition: 3 }
streams:
  crew:
    auto_subscribe: true
    query: SELECT id, title FROM tasks WHERE event_id IN (SELECT event_id FROM assignments WHERE user_id = auth.user_id() AND ended_at IS NULL)
`,
  });
  const anna = await crew.read('anna', {
    onLine: (line) => {
      if ('data' in line) anna.pause();
    },
  });
  await eventually(() => anna.lines.some((line) => 'data' in line), 'the first data');
  await end('x');
  await crew.stage.settle();
  anna.resume();
  await eventually(() => {
    anna.resume();
    return isComplete(anna.lines) && namesOf(anna) === '';
  }, 'the end of the download');
  const sent = anna.lines.flatMap((line) =>
    'data' in line ? (line['data'] as { data: unknown[] }).data : [],
  );
  expect(sent.length).toBeGreaterThan(0);
  expect(sent.length).toBeLessThan(many);
  const complete = anna.lines.filter((line) => 'checkpoint_complete' in line);
  expect(complete.length).toBe(1);
});

test('[SY41] [SY42] a subscription opens what it names, and is told when it names nothing', async () => {
  await crew.start();
  const subscriptions = [
    { stream: 'event', parameters: { event: 'a' } },
    { stream: 'event', parameters: {} },
    { stream: 'event', parameters: { event: 'a' }, override_priority: 1 },
    { stream: 'nowhere', parameters: null },
  ];
  const reader = await crew.drained('anna', {
    body: { streams: { include_defaults: false, subscriptions } },
  });
  expect(namesOf(reader)).toBe('tasks a1 a2');
  expect(checkpointsOf(reader.lines)[0]).toMatchObject({
    streams: [
      {
        name: 'event',
        is_default: false,
        errors: [{ subscription: 1, message: `subscription.parameter('event') is missing` }],
      },
    ],
    buckets: [{ priority: 1, subscriptions: [{ sub: 0 }, { sub: 2 }] }],
  });
});

test('[SY42] the SDK subscribes by itself, and hears of changes', async () => {
  await crew.start();
  const device = await crew.device('anna');
  // Not with `ttl: 0`: the SDK may drop what has lapsed before it has asked for it (5 of 84 runs).
  const subscription = await device.db.syncStream('event', { event: 'b' }).subscribe();
  await subscription.waitForFirstSync();
  await untilHeld(device, 'tasks b1 b2');
  await crew.insert('tasks', { id: 'b3', event_id: 'b', title: 'Sound' });
  await untilHeld(device, 'tasks b1 b2 b3');
  subscription.unsubscribe();
});

test('[SY44] more lookups than allowed end the stream with a line that says so, and the next request in words', async () => {
  await crew.start({ limits: { lookupRowsPerConnection: 2 } });
  await assign('x', 'anna', 'a');
  await crew.stage.settle();
  const anna = await crew.drained('anna');
  await assign('y', 'anna', 'b');
  await eventually(() => namesOf(anna) === 'jobs a b, tasks a1 a2 b1 b2', 'both jobs');
  await assign('z', 'anna', 'c');
  await anna.ended;
  const description = 'more than 2 values looked up for one connection; subscribe to less at once';
  expect(anna.lines.at(-1)).toEqual({ error: { code: 'PSYNC_S2305', description } });
  const refused = await fetch(`${crew.stage.running.url}/sync/stream`, {
    method: 'POST',
    headers: { authorization: `Token ${crew.token('anna')}`, 'content-type': 'application/json' },
    body: '{}',
  });
  expect(refused.status).toBe(400);
  expect(await refused.json()).toMatchObject({ error: { code: 'PSYNC_S2305', description } });
  expect((await crew.drained('bert')).status).toBe(200);
});

test('[SY44] the SDK outlives a stream that ends for its limits, and goes on when there is less', async () => {
  await crew.start({ limits: { bucketsPerConnection: 3 } });
  await assign('x', 'anna', 'a');
  const device = await crew.device('anna');
  await untilHeld(device, jobA);
  await assign('y', 'anna', 'b');
  await assign('z', 'anna', 'c');
  await crew.stage.settle();
  await end('x');
  await end('z');
  await untilHeld(device, jobB);
});
