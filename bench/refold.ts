import { rm } from 'node:fs/promises';
import { startEmbeddedPostgres } from '@eventkit/database/embedded/start-embedded-postgres.ts';
import { endPool } from '@eventkit/database/end-pool.ts';
import { migrate } from '@eventkit/database/migrate.ts';
import { createPool } from '@eventkit/database/pool.ts';
import { makeDataFolder } from '@eventkit/database/testing/make-data-folder.ts';
import type { AssetId, DeviceId, EventId, StorageLocationId, UserId } from '@eventkit/shared/kernel/ids.ts';
import { foldAssets } from '@eventkit/shared/ledger/fold-assets.ts';
import type { Movement } from '@eventkit/shared/ledger/movement.ts';
import type { Intent, Operation } from '@eventkit/shared/operations/operation.ts';
import { type MovementRow, movementOfRow } from '@eventkit/shared/schema/ledger-rows.ts';
import { FACTS_BETWEEN_STANDINGS } from '@eventkit/sync-server/upload/plan-standings.ts';
import { createTestDevice, scanned } from '@eventkit/sync-server/upload/testing/test-device.ts';
import { push } from '@eventkit/sync-server/upload/testing/upload-database.ts';
import { createUploadTenant, type UploadTenant } from '@eventkit/sync-server/upload/testing/upload-tenant.ts';
import type { Pool } from 'pg';
import { median } from './bench.ts';

const MOVEMENTS = 10_000;
const BATCH = 500;
const ROUNDS = 15;
const MINUTES_APART = 0.1;

export type RefoldFigures = {
  /** Of one that arrives late and is settled by what came after it; the median. */
  readonly transactionMs: number;
  /** Of one whose consequences reach to the present: the whole history is folded. */
  readonly wholeMs: number;
  /** Of the first ever, where nothing is kept of the history yet. */
  readonly firstMs: number;
  /** The fold of the whole history alone, without PostgreSQL; the median. */
  readonly foldMs: number;
};

/**
 * How long the server takes to judge one operation that arrives late about an asset with 10,000 movements: the whole
 * transaction on a real PostgreSQL, in milliseconds.
 */
export async function measureRefold(): Promise<RefoldFigures> {
  const folder = makeDataFolder('bench-refold');
  const postgres = await startEmbeddedPostgres({ dataDir: folder });
  await migrate(postgres.ownerUrl);
  const url = postgres.ownerUrl;
  const ownerPool = createPool({ url, role: 'owner', max: 1, applicationName: 'bench' });
  const pool = createPool({ url, role: 'eventkit_app', max: 4, applicationName: 'bench' });
  try {
    const tenant = await createUploadTenant(ownerPool, 'refold', { devices: 2, assets: 50 });
    const [busy, late] = tenant.deviceIds as [DeviceId, DeviceId];
    const userId = tenant.caller.userId as UserId;
    const history = createTestDevice(busy, userId);
    const first = Array.from({ length: BATCH }, (_, index) =>
      history.record(backAndForth(tenant, index), { at: index * MINUTES_APART }),
    );
    await push(pool, tenant.caller, busy, first);
    await goOnLikeThis(ownerPool);
    await ownerPool.query('ANALYZE operations, movements, conflicts, assets');
    const latecomer = createTestDevice(late, userId);
    // Before half of everything that is known, and each time elsewhere.
    const measure = async (round: number, intent: Intent) => {
      const at = (MOVEMENTS / 2 + round * 100 + 0.5) * MINUTES_APART;
      const operation: Operation = latecomer.record(intent, { at });
      const startedMs = performance.now();
      await push(pool, tenant.caller, late, [operation], {
        factsBetweenStandings: FACTS_BETWEEN_STANDINGS,
      });
      return performance.now() - startedMs;
    };
    const [firstMs = 0, ...transactions] = await inTurn(ROUNDS, (round) =>
      measure(round, backAndForth(tenant, round)),
    );
    const asset = scanned(tenant.assetIds[0] as AssetId);
    const wholes = await inTurn(3, (round) =>
      measure(ROUNDS + round, { kind: 'quarantine', asset, reason: 'wet' }),
    );
    return {
      transactionMs: median(transactions),
      wholeMs: median(wholes),
      firstMs: Math.round(firstMs),
      foldMs: await measureFold(ownerPool, tenant),
    };
  } finally {
    await Promise.all([endPool(ownerPool), endPool(pool)]);
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function inTurn(rounds: number, measure: (round: number) => Promise<number>): Promise<number[]> {
  const samples: number[] = [];
  for (let round = 0; round < rounds; round += 1) samples.push(await measure(round));
  return samples;
}

/** The first days over and over, each later than the last, as rows: pushing them would take longer than the bench. */
async function goOnLikeThis(ownerPool: Pool): Promise<void> {
  const values = [MOVEMENTS / BATCH - 1, BATCH, BATCH * MINUTES_APART];
  await ownerPool.query(
    `CREATE TEMP TABLE later AS
       SELECT o.id AS first_id, gen_random_uuid() AS id, day * $2::int AS sequence,
              day * $3::float8 * interval '1 minute' AS after
         FROM operations AS o, generate_series(1, $1::int) AS day`,
    values,
  );
  for (const [table, ids] of [
    ['operations', { id: 'later.id' }],
    ['movements', { id: "later.id || ':0'", operation_id: 'later.id' }],
  ] as const) {
    const { rows } = await ownerPool.query<{ name: string }>(
      'SELECT column_name AS name FROM information_schema.columns WHERE table_name = $1',
      [table],
    );
    const names = rows.map(({ name }) => name);
    const said: Record<string, string> = {
      ...ids,
      sequence: 'was.sequence + later.sequence',
      effective_at: 'was.effective_at + later.after',
    };
    const selected = names.map((name) => said[name] ?? `was.${name}`);
    await ownerPool.query(
      `INSERT INTO ${table} (${names.join(', ')}) SELECT ${selected.join(', ')} FROM ${table} AS was
         JOIN later ON later.first_id = was.${table === 'operations' ? 'id' : 'operation_id'}`,
    );
  }
}

/** Out, in, moved, again and again: what a thing does in ten years, and no conflict. */
function backAndForth({ assetIds, eventIds, locationIds }: UploadTenant, n: number): Intent {
  const asset = scanned(assetIds[0] as AssetId);
  const locationId = locationIds[n % locationIds.length] as StorageLocationId;
  switch (n % 3) {
    case 0:
      return { kind: 'check_out', asset, eventId: eventIds[0] as EventId, overrideReason: null };
    case 1:
      return { kind: 'check_in', asset, locationId, disposition: 'ok', note: null };
    default:
      return { kind: 'move', asset, locationId };
  }
}

async function measureFold(ownerPool: Pool, { assetIds, locationIds }: UploadTenant): Promise<number> {
  const id = assetIds[0] as AssetId;
  const { rows } = await ownerPool.query<MovementRow>('SELECT * FROM movements WHERE asset_id = $1', [id]);
  const movements: Movement[] = rows.map(movementOfRow);
  const base = { id, baseline: { kind: 'location', id: locationIds[0] as StorageLocationId } } as const;
  const folds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const startedMs = performance.now();
    foldAssets([base], movements);
    folds.push(performance.now() - startedMs);
  }
  return median(folds);
}
