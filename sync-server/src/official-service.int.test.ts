import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkpointsOf } from '#testing/read-lines.ts';
import { eventually } from '#testing/running-sync-server.ts';
import { newsOf, SyncStage } from '#testing/sync-stage.ts';
import { assetId } from '#testing/test-tenant.ts';
import { standBy } from './stand-by.ts';

const root = new URL('../../', import.meta.url);
const textOf = (path: string) => readFileSync(new URL(path, root), 'utf8');

let stage: SyncStage;

beforeEach(async () => {
  stage = await SyncStage.create();
});

afterEach(() => stage.close());

async function slots(): Promise<string[]> {
  const { rows } = await stage.db.query<{ slot_name: string }>(
    'SELECT slot_name FROM pg_replication_slots WHERE database = current_database()',
  );
  return rows.map((row) => row.slot_name);
}

const ownerOf = (url: string) => ({ ownerUrl: url, logger: { warn: () => undefined } });

test('[SY48] while another service has the streams nothing is held back, and taking them up again costs the differences', async () => {
  await stage.start();
  const first = await stage.drained();
  const [seen] = checkpointsOf(first.lines);
  await stage.running.stop();
  expect(await slots()).toHaveLength(1);
  const standing = await standBy(ownerOf(stage.ownerUrl));
  expect(await slots()).toEqual([]);
  expect(standing.hasStream({ tenantId: stage.tenant.id, deviceId: stage.tenant.deviceId })).toBeNull();
  await stage.mark(1, 'meanwhile');
  await standing.stop();
  await stage.start();
  const again = await stage.drained({
    body: { buckets: seen?.buckets.map(({ bucket }) => ({ name: bucket, after: seen.last_op_id })) },
  });
  await eventually(() => newsOf(again, 0).length > 0, 'the difference');
  expect(newsOf(again, 0)).toEqual([`PUT assets/${assetId(stage.tenant, 1)}`]);
});

test('[SY48] a server that still serves keeps its slot', async () => {
  await stage.start();
  const warnings: unknown[] = [];
  await standBy({ ownerUrl: stage.ownerUrl, logger: { warn: (...said: unknown[]) => warnings.push(said) } });
  expect(await slots()).toHaveLength(1);
  expect(warnings).toHaveLength(1);
});

test('the role of the official service reads what is published, past row-level security, and nothing else', async () => {
  const role = `powersync_${stage.ownerUrl.split('/').at(-1)?.replaceAll(/\W/g, '_')}`;
  // Roles are of the whole server, which other tests share.
  await asPsql(
    textOf('deploy/powersync/roles.sql')
      .replaceAll(/\bpowersync\b/g, role)
      .replace(`pubname = '${role}'`, `pubname = 'powersync'`)
      .replaceAll('powersync_storage', `${role}_storage`),
    { powersync_password: `it's` },
  );
  const url = new URL(stage.ownerUrl);
  url.username = role;
  url.password = encodeURIComponent(`it's`);
  const db = new Client({ connectionString: url.href });
  await db.connect();
  try {
    const { rows } = await stage.db.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_publication_tables WHERE pubname = 'powersync'`,
    );
    expect(rows.length).toBeGreaterThan(20);
    for (const { name } of rows) await db.query(`SELECT * FROM ${name} LIMIT 1`);
    expect((await db.query('SELECT id FROM assets')).rows).toHaveLength(50);
    await expect(db.query('UPDATE assets SET serial = NULL')).rejects.toThrow('permission denied');
    await expect(db.query('SELECT * FROM sessions')).rejects.toThrow('permission denied');
    await expect(db.query('SELECT * FROM sync.ops')).rejects.toThrow('permission denied');
    await db.query(`SELECT pg_create_logical_replication_slot('${role}_1', 'pgoutput', true)`);
    await db.query(`SELECT pg_logical_emit_message(false, 'powersync', 'ping')`);
    await db.query(`SELECT pg_drop_replication_slot('${role}_1')`);
  } finally {
    await db.end();
    await stage.db.query(`DROP DATABASE ${role}_storage`);
    await stage.db.query(`DROP OWNED BY ${role}`);
    await stage.db.query(`DROP ROLE ${role}`);
  }
});

/** As far as the file needs it: statements, `:'variable'`, and `\gexec`. */
async function asPsql(script: string, variables: Readonly<Record<string, string>>): Promise<void> {
  const filled = script
    .replaceAll(/^--.*$/gm, '')
    .replaceAll(/:'(\w+)'/g, (_, name: string) => `'${(variables[name] ?? '').replaceAll("'", "''")}'`);
  for (const part of filled.split(/;\n|\n(?=\n)/).map((one) => one.trim())) {
    if (part === '') continue;
    if (!part.endsWith('\\gexec')) {
      await stage.db.query(part);
      continue;
    }
    const { rows } = await stage.db.query<string[]>({ rowMode: 'array', text: part.replace('\\gexec', '') });
    for (const [statement] of rows) await stage.db.query(statement ?? '');
  }
}

test('the configuration of the official service is given all it names: variables, and our sync configuration', () => {
  const named: string[] = [];
  const customTags = [
    {
      tag: '!env',
      resolve: (name: string) => {
        named.push(name);
        return name;
      },
    },
  ];
  const service = parse(textOf('deploy/powersync/service.yaml'), { customTags });
  const compose = parse(textOf('deploy/powersync/docker-compose.yml')).services;
  const { environment, volumes } = compose.powersync;
  const given = Object.keys(environment).filter((name) => name.startsWith('PS_'));
  expect([...new Set(named)].toSorted()).toEqual(given.toSorted());
  expect(service.client_auth.audience).toEqual(['eventkit-sync']);
  expect(service.sync_config.path).toBe('sync-config.yaml');
  expect(volumes).toContain('./sync-server/sync-config.yaml:/config/sync-config.yaml:ro');
  expect(volumes).toContain('./deploy/powersync/service.yaml:/config/service.yaml:ro');
  expect(environment.POWERSYNC_CONFIG_PATH).toBe('/config/service.yaml');
  expect(compose.eventkit.environment).toEqual({ SYNC_STREAM: 'elsewhere' });
});
