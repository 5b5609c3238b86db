import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createPool } from '@eventkit/database/pool.ts';
import type { Role } from '@eventkit/shared/permissions/roles.ts';
import type pg from 'pg';
import { buehneSued, type CompanyProfile, composeCompany, nordlicht } from './compose-company.ts';
import type { CompanyRows } from './demo-rows.ts';
import { type CatalogueSummary, parseCatalogue } from './parse-catalogue.ts';
import { writeCompany } from './write-company.ts';

export type SeedOptions = {
  /** Of a migrated database. */
  readonly ownerUrl: string;
  /** Assets of the first company, cases included. At least 200; 5,000 unless said. */
  readonly assetCount?: number;
  readonly seed?: number;
  /** The events lie around this moment. */
  readonly nowMs: number;
};

export type SeededCompany = {
  readonly tenantId: string;
  readonly name: string;
  /** True where it was there before: nothing was written. */
  readonly wasThere: boolean;
  readonly assetCount: number;
  readonly users: readonly { readonly name: string; readonly email: string; readonly role: Role }[];
};

export type SeedSummary = {
  readonly companies: readonly SeededCompany[];
  /** Null where no company was missing, so that the catalogue was not read. */
  readonly catalogue: CatalogueSummary | null;
  readonly tookMs: number;
};

const CATALOGUE = fileURLToPath(new URL('../../../data/catalog.csv', import.meta.url));
const SMALLEST = 200;
const SECOND_COMPANY_ASSETS = 150;
const LOCK = 8_840_117_205;

/**
 * Puts the demo companies into a database: Nordlicht, and the small Bühne Süd that shares some codes with it.
 * A company that is there already is left as it is. All or nothing, also when two seed at once.
 */
export async function seedDemo({
  ownerUrl,
  assetCount = 5000,
  seed = 1,
  nowMs,
}: SeedOptions): Promise<SeedSummary> {
  if (assetCount < SMALLEST) throw new RangeError(`a demo company has at least ${SMALLEST} assets`);
  const startedAt = performance.now();
  const pool = createPool({ url: ownerUrl, role: 'owner', max: 1, applicationName: 'eventkit-seed' });
  try {
    const client = await pool.connect();
    try {
      const seeded = await seedAll(client, [
        { profile: nordlicht, assetCount, seed, nowMs },
        { profile: buehneSued, assetCount: SECOND_COMPANY_ASSETS, seed, nowMs },
      ]);
      return { ...seeded, tookMs: Math.round(performance.now() - startedAt) };
    } finally {
      client.release();
    }
  } finally {
    await pool.end();
  }
}

type Wanted = {
  readonly profile: CompanyProfile;
  readonly assetCount: number;
  readonly seed: number;
  readonly nowMs: number;
};

async function seedAll(
  client: pg.PoolClient,
  wanted: readonly Wanted[],
): Promise<Pick<SeedSummary, 'companies' | 'catalogue'>> {
  await client.query('BEGIN');
  try {
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    const companies: SeededCompany[] = [];
    let catalogue: ReturnType<typeof parseCatalogue> | null = null;
    for (const one of wanted) {
      const existing = await findCompany(client, one.profile.tenant.slug);
      if (existing !== null) {
        companies.push(existing);
        continue;
      }
      catalogue ??= parseCatalogue(await readFile(CATALOGUE, 'utf8'));
      const rows = composeCompany(one.profile, catalogue.products, one);
      await writeCompany(client, rows);
      companies.push(describe(rows));
    }
    await client.query('COMMIT');
    // Plans made before the statistics would scan whole tables for a label.
    if (catalogue !== null) await client.query('ANALYZE');
    return { companies, catalogue: catalogue?.summary ?? null };
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

function describe({ tenant, users, assets }: CompanyRows): SeededCompany {
  return {
    tenantId: tenant.id,
    name: tenant.name,
    wasThere: false,
    assetCount: assets.length,
    users: users.map(({ name, email, role }) => ({ name, email, role })),
  };
}

async function findCompany(client: pg.PoolClient, slug: string): Promise<SeededCompany | null> {
  const { rows } = await client.query<Omit<SeededCompany, 'wasThere' | 'assetCount' | 'users'>>(
    `SELECT id AS "tenantId", name FROM tenants WHERE slug = $1`,
    [slug],
  );
  const [tenant] = rows;
  if (tenant === undefined) return null;
  const users = await client.query<SeededCompany['users'][number]>(
    'SELECT name, email, role FROM users WHERE tenant_id = $1 ORDER BY id',
    [tenant.tenantId],
  );
  const assets = await client.query<{ count: number }>('SELECT count(*) FROM assets WHERE tenant_id = $1', [
    tenant.tenantId,
  ]);
  return { ...tenant, wasThere: true, assetCount: assets.rows[0]?.count ?? 0, users: users.rows };
}
