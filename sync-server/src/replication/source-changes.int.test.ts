import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkpointsOf, isComplete, rowsOf } from '#testing/read-lines.ts';
import { eventually } from '#testing/running-sync-server.ts';
import { newsOf, SyncStage } from '#testing/sync-stage.ts';
import { assetId } from '#testing/test-tenant.ts';

let stage: SyncStage;

beforeEach(async () => {
  stage = await SyncStage.create();
});

afterEach(() => stage.close());

const asset = (number: number) => `assets/${assetId(stage.tenant, number)}`;

async function deleteAsset(number: number): Promise<void> {
  await stage.db.query('DELETE FROM assets WHERE id = $1', [assetId(stage.tenant, number)]);
}

describe('the publication', () => {
  test('[SY23] [SY24] dropped and made again: what was missed arrives, and nothing else', async () => {
    await stage.start();
    const reader = await stage.drained();
    const from = reader.lines.length;
    const { rows } = await stage.db.query<{ tables: string }>(
      `SELECT string_agg(format('%I.%I', schemaname, tablename), ', ') AS tables
       FROM pg_publication_tables WHERE pubname = 'powersync'`,
    );
    await stage.db.query('DROP PUBLICATION powersync');
    await stage.untilProblem('publication powersync does not exist');
    expect(stage.running.server.health().status).toBe('degraded');
    await stage.mark(1, 'unpublished');
    await deleteAsset(2);
    await stage.db.query(`CREATE PUBLICATION powersync FOR TABLE ${rows[0]?.tables}`);
    await stage.untilWell();
    await stage.mark(3, 'published');
    await stage.converge(reader);
    expect(newsOf(reader, from)).toEqual(
      [`PUT ${asset(1)}`, `PUT ${asset(3)}`, `REMOVE ${asset(2)}`].toSorted(),
    );
  });

  test('[SY23] made again at once, between two looks, is noticed too', async () => {
    await stage.start();
    const reader = await stage.drained();
    const { rows } = await stage.db.query<{ tables: string }>(
      `SELECT string_agg(format('%I.%I', schemaname, tablename), ', ') AS tables
       FROM pg_publication_tables WHERE pubname = 'powersync'`,
    );
    await stage.db.query('BEGIN');
    await stage.db.query('DROP PUBLICATION powersync');
    await stage.mark(1, 'in between');
    await stage.db.query(`CREATE PUBLICATION powersync FOR TABLE ${rows[0]?.tables}`);
    await stage.db.query('COMMIT');
    await stage.converge(reader);
  });

  test('[SY24] one that leaves out a column says which', async () => {
    await stage.start();
    const reader = await stage.drained();
    const { rows } = await stage.db.query<{ columns: string }>(
      `SELECT string_agg(quote_ident(attname), ', ') AS columns FROM pg_attribute
       WHERE attrelid = 'assets'::regclass AND attnum > 0 AND attname <> 'serial'`,
    );
    await stage.db.query('ALTER PUBLICATION powersync DROP TABLE assets');
    await stage.db.query(`ALTER PUBLICATION powersync ADD TABLE assets (${rows[0]?.columns})`);
    await stage.untilProblem('leaves out column serial of assets');
    await stage.mark(1, 'left out');
    await stage.db.query('ALTER PUBLICATION powersync DROP TABLE assets');
    await stage.db.query('ALTER PUBLICATION powersync ADD TABLE assets');
    await stage.converge(reader);
    await stage.untilWell();
  });
});

describe('a table', () => {
  test('[SY23] dropped and made again: rows that are the same cost nothing, the others change', async () => {
    await stage.start();
    const reader = await stage.drained();
    const from = reader.lines.length;
    await stage.db.query('CREATE TABLE kept AS SELECT * FROM assets');
    await stage.db.query('CREATE TABLE made (LIKE assets INCLUDING ALL)');
    await stage.db.query('DROP TABLE assets CASCADE');
    await stage.untilProblem('table assets does not exist');
    await stage.db.query('INSERT INTO made SELECT * FROM kept');
    await stage.db.query('ALTER TABLE made RENAME TO assets');
    await stage.db.query('GRANT SELECT ON assets TO eventkit_sync');
    await stage.untilProblem('lacks table assets');
    await stage.mark(1, 'remade');
    await deleteAsset(2);
    await stage.db.query('ALTER PUBLICATION powersync ADD TABLE assets');
    await stage.converge(reader);
    await stage.untilWell();
    expect(newsOf(reader, from)).toEqual([`PUT ${asset(1)}`, `REMOVE ${asset(2)}`].toSorted());
  });

  test('[SY23] gets a column that the configuration does not name: nobody hears of it', async () => {
    await stage.start();
    const reader = await stage.drained();
    const from = reader.lines.length;
    await stage.db.query(`ALTER TABLE assets ADD COLUMN colour text DEFAULT 'black'`);
    await stage.db.query(`UPDATE assets SET colour = 'red' WHERE id = $1`, [assetId(stage.tenant, 1)]);
    await stage.mark(2, 'after');
    await stage.settle();
    await stage.converge(reader);
    expect(newsOf(reader, from)).toEqual([`PUT ${asset(2)}`]);
    const copied = await stage.running.registry.getSingleMetric('eventkit_sync_copied_rows_total')?.get();
    // The tenant's user, device, product and place, and its assets: once.
    expect(copied?.values[0]?.value).toBe(54);
  });

  test('[SY24] loses a column that the configuration selects: health says which, old rows are served', async () => {
    await stage.start();
    await stage.db.query('ALTER TABLE assets DROP COLUMN serial CASCADE');
    await stage.untilProblem('table assets has no column serial, which the sync configuration selects');
    expect(stage.running.server.health().status).toBe('degraded');
    const reader = await stage.drained();
    expect(newsOf(reader, 0).filter((op) => op.startsWith('PUT assets/'))).toHaveLength(50);
  });

  test('[SY23] loses a column and gets it back: no row keeps the old value', async () => {
    await stage.start();
    const reader = await stage.drained();
    const from = reader.lines.length;
    await stage.db.query('BEGIN');
    await stage.db.query('ALTER TABLE assets DROP COLUMN serial CASCADE');
    await stage.db.query('ALTER TABLE assets ADD COLUMN serial text');
    await stage.db.query('COMMIT');
    await stage.converge(reader);
    expect(newsOf(reader, from)).toHaveLength(50);
  });

  test('[SY23] whose values are rewritten in place, which the log does not tell, is copied again', async () => {
    await stage.start();
    const reader = await stage.drained();
    await stage.db.query(`ALTER TABLE assets ALTER COLUMN serial TYPE text USING 'X ' || serial`);
    await stage.converge(reader);
  });
});

describe('the replica identity', () => {
  test('[SY23] [SY26] FULL and back again: rows that are the same cost nothing, and changes go on', async () => {
    await stage.start();
    const reader = await stage.drained();
    const from = reader.lines.length;
    await stage.db.query('ALTER TABLE assets REPLICA IDENTITY FULL');
    await stage.mark(1, 'full');
    await deleteAsset(2);
    await stage.db.query('ALTER TABLE assets REPLICA IDENTITY DEFAULT');
    await stage.mark(3, 'default');
    await stage.converge(reader);
    expect(newsOf(reader, from)).toEqual(
      [`PUT ${asset(1)}`, `PUT ${asset(3)}`, `REMOVE ${asset(2)}`].toSorted(),
    );
  });

  test('[SY24] NOTHING cannot be followed: health says so, and what was missed arrives afterwards', async () => {
    await stage.start();
    const reader = await stage.drained();
    const from = reader.lines.length;
    await stage.db.query('ALTER TABLE assets REPLICA IDENTITY NOTHING');
    await stage.untilProblem('table assets: REPLICA IDENTITY must be DEFAULT or FULL');
    await stage.db.query('ALTER TABLE assets REPLICA IDENTITY DEFAULT');
    await stage.mark(1, 'again');
    await stage.converge(reader);
    expect(newsOf(reader, from)).toEqual([`PUT ${asset(1)}`]);
  });

  test('[SY23] [SY26] another primary key: nobody loses a row, and changes go on', async () => {
    await stage.db.query(`INSERT INTO labels (tenant_id, id, value, location_id)
      SELECT tenant_id, id, 'L-' || code, id FROM storage_locations`);
    await stage.start();
    const reader = await stage.drained();
    const labels = () => [...rowsOf(reader.lines)].filter(([name]) => name.startsWith('labels/'));
    expect(labels()).toHaveLength(1);
    await stage.db.query('ALTER TABLE labels DROP CONSTRAINT labels_pkey CASCADE');
    await stage.untilProblem('table labels has no primary key');
    await stage.db.query('ALTER TABLE labels ADD PRIMARY KEY (id)');
    await stage.untilWell();
    await stage.settle();
    await eventually(() => isComplete(reader.lines), 'the copy');
    expect(labels()).toHaveLength(1);
    await stage.db.query(`UPDATE labels SET value = 'by its new key'`);
    await eventually(() => labels().some(([, data]) => data.includes('by its new key')), 'the change');
    await eventually(() => isComplete(reader.lines), 'its checkpoint');
    expect(labels()).toHaveLength(1);
    await stage.db.query('DELETE FROM labels');
    await eventually(() => labels().length === 0, 'the removal');
  });
});

describe('the slot', () => {
  test('[SY23] dropped by somebody while it is followed, again and again', async () => {
    await stage.start();
    const reader = await stage.drained();
    const from = reader.lines.length;
    for (let round = 1; round <= 3; round += 1) {
      await stage.untilWell();
      await stage.dropSlot();
      await stage.mark(round, `round ${round}`);
      await stage.converge(reader);
    }
    expect(newsOf(reader, from)).toEqual(
      [asset(1), asset(2), asset(3)].map((name) => `PUT ${name}`).toSorted(),
    );
    const deployments = new Set(
      checkpointsOf(reader.lines).flatMap((one) => one.buckets.map(({ bucket }) => bucket.split('#')[0])),
    );
    expect(deployments.size).toBe(1);
  });

  test('[SY22] made while this server was being stopped is not taken for one that leads on', async () => {
    await stage.start();
    const before = await stage.drained();
    const head = checkpointsOf(before.lines)[0];
    await stage.running.stop();
    await stage.db.query(
      'SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE database = current_database()',
    );
    await stage.mark(1, 'sent to no slot');
    await stage.db.query('BEGIN');
    await stage.mark(2, 'long');
    await stage.launch();
    const watcher = new Client({ connectionString: stage.ownerUrl });
    await watcher.connect();
    const making = `SELECT FROM pg_stat_activity WHERE query LIKE '%pg_create_logical%' AND state = 'active'
      AND pid <> pg_backend_pid() AND datname = current_database()`;
    await eventually(async () => (await watcher.query(making)).rowCount === 1, 'the slot to be waited for');
    await stage.running.stop();
    await stage.db.query('COMMIT');
    await eventually(
      async () => (await watcher.query(making)).rowCount === 0,
      'the slot to be made or given up',
    );
    await watcher.end();
    await stage.start();
    const after = await stage.drained({
      body: { buckets: head?.buckets.map(({ bucket }) => ({ name: bucket, after: head.last_op_id })) },
    });
    await stage.converge(before, after);
    expect(newsOf(after, 0)).toEqual([asset(1), asset(2)].map((name) => `PUT ${name}`).toSorted());
  });

  test('[SY22] of a deployment that is no more does not stay behind', async () => {
    await stage.db.query(`SELECT pg_create_logical_replication_slot('eventkit_sync_0badcafe' || oid, 'pgoutput')
      FROM pg_database WHERE datname = current_database()`);
    await stage.start();
    const { rows } = await stage.db.query<{ slot: string }>(
      'SELECT slot_name AS slot FROM pg_replication_slots WHERE database = current_database()',
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.slot).not.toContain('0badcafe');
  });
});
