import { rm } from 'node:fs/promises';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '@eventkit/database/embedded/start-embedded-postgres.ts';
import { migrate } from '@eventkit/database/migrate.ts';
import { makeDataFolder } from '@eventkit/database/testing/make-data-folder.ts';
import pg from 'pg';

/** The one stream of these benches: 15 columns, about 400 bytes a row as devices get it. */
export const itemsConfig = `
config:
  edition: 3
streams:
  items:
    auto_subscribe: true
    query: SELECT id, product_id, code, serial, name, manufacturer, status, condition, place_kind, place_id, note, is_case, price_cents, weight_grams, changed_at FROM bench_items WHERE tenant_id = auth.parameter('tenant_id')
`;

export const itemsTenant = '0199b000-0000-7000-8000-000000000001';

const schema = `
CREATE TABLE bench_items (
  id uuid PRIMARY KEY, tenant_id uuid NOT NULL, number integer NOT NULL UNIQUE, product_id uuid NOT NULL,
  code text NOT NULL, serial text, name text NOT NULL, manufacturer text NOT NULL, status text NOT NULL,
  condition text NOT NULL, place_kind text NOT NULL, place_id uuid NOT NULL, note text NOT NULL,
  is_case boolean NOT NULL, price_cents bigint NOT NULL, weight_grams integer NOT NULL, changed_at timestamptz NOT NULL
) WITH (fillfactor = 80);
GRANT SELECT ON bench_items TO eventkit_sync;
ALTER PUBLICATION powersync ADD TABLE bench_items;
CREATE PROCEDURE bench_touch(first_number integer, count integer, item_count integer) LANGUAGE plpgsql AS $$
BEGIN
  FOR step IN first_number .. first_number + count - 1 LOOP
    UPDATE bench_items SET serial = 'touched ' || step WHERE number = 1 + (step::bigint * 7919) % item_count;
    COMMIT;
  END LOOP;
END $$;
`;

const fill = `
INSERT INTO bench_items
SELECT ('0199b111-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, $1, n, md5((n % 500)::text)::uuid,
  'LX-' || lpad(n::text, 6, '0'), 'SN ' || md5(n::text), 'Moving head spot ' || n % 500, 'Manufacturer ' || n % 40,
  'in_service', 'good', 'location', md5((n % 3000)::text)::uuid, 'shelf ' || n % 3000, n % 20 = 0, n % 900000,
  n % 45000, '2026-11-01T08:00:00.123456Z'
FROM generate_series(1, $2::int) AS n`;

/** A PostgreSQL of its own that makes databases of so many items. */
export type ItemsCluster = AsyncDisposable & {
  /** Url of a fresh database, as the owner. */
  newDatabase(): Promise<string>;
};

export async function startItemsCluster(itemCount: number): Promise<ItemsCluster> {
  const folder = makeDataFolder('bench-sync');
  const postgres = await startEmbeddedPostgres({ dataDir: folder });
  await migrate(postgres.ownerUrl);
  await withClient(postgres.ownerUrl, async (client) => {
    await client.query(schema);
    await client.query(fill, [itemsTenant, itemCount]);
    await client.query('VACUUM (ANALYZE, FREEZE) bench_items');
  });
  let made = 0;
  return {
    async newDatabase() {
      made += 1;
      const name = `items_${made}`;
      await withClient(urlOf(postgres, 'postgres'), async (client) => {
        await client.query(`CREATE DATABASE ${name} TEMPLATE eventkit STRATEGY file_copy`);
        await client.query('CHECKPOINT');
      });
      return urlOf(postgres, name);
    },
    async [Symbol.asyncDispose]() {
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

function urlOf({ ownerUrl }: EmbeddedPostgres, database: string): string {
  const url = new URL(ownerUrl);
  url.pathname = `/${database}`;
  return url.href;
}
