import { withTenant } from '@eventkit/database/tenant-transaction.ts';
import { companySlug } from '@eventkit/shared/settings/company-slug.ts';
import { lookOf } from '@eventkit/shared/settings/look-alike.ts';
import type pg from 'pg';
import { listCompanies } from '#commands/list-companies.ts';

/** A company, as an operator sees it. */
export type CompanyRow = {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly personCount: number;
  readonly createdAt: string;
};

/** A company that asked to be let in. */
export type SignUpRow = {
  readonly id: string;
  readonly name: string;
  /** The short name that it would get. */
  readonly slug: string;
  readonly personName: string;
  readonly email: string;
  readonly locale: 'de' | 'en';
  readonly timeZone: string;
  readonly currency: string;
  /** unconfirmed: nobody has shown yet that the address is theirs. */
  readonly state: 'unconfirmed' | 'waiting' | 'approved' | 'refused';
  readonly requestedAt: string;
  readonly reason: string;
  /** Companies whose short name looks the same to a person. */
  readonly looksLike: readonly string[];
};

/** All companies, and all requests that are kept; each read within itself, as row-level security holds for owners too. */
export async function readTenants(
  pool: pg.Pool,
): Promise<{ readonly companies: readonly CompanyRow[]; readonly signUps: readonly SignUpRow[] }> {
  const companies: CompanyRow[] = [];
  for (const { tenantId } of await listCompanies(pool)) {
    companies.push(...(await within<CompanyRow>(pool, tenantId, SELECT_COMPANY)));
  }
  const { rows: ids } = await pool.query<{ id: string }>('SELECT all_sign_ups() AS id');
  const signUps: SignUpRow[] = [];
  for (const { id } of ids) {
    for (const row of await within<Omit<SignUpRow, 'slug' | 'looksLike'>>(pool, id, SELECT_SIGN_UP)) {
      const slug = companySlug(row.name);
      const alike = companies.filter((one) => one.id !== id && lookOf(one.slug) === lookOf(slug));
      signUps.push({ ...row, slug, looksLike: alike.map((one) => one.slug) });
    }
  }
  return { companies, signUps: signUps.toSorted((a, b) => (a.requestedAt < b.requestedAt ? -1 : 1)) };
}

async function within<Row extends object>(pool: pg.Pool, tenantId: string, sql: string): Promise<Row[]> {
  const scope = { tenantId, userId: null, deviceId: null, operationId: null, requestId: null };
  const { rows } = await withTenant(pool, scope, (tx) => tx.query<Row>(sql), { isReadOnly: true });
  return rows;
}

const INSTANT = `'YYYY-MM-DD"T"HH24:MI:SS"Z"'`;
const SELECT_COMPANY = `
  SELECT id, slug, name, to_char(created_at AT TIME ZONE 'UTC', ${INSTANT}) AS "createdAt",
    (SELECT count(*)::int FROM users u WHERE u.tenant_id = tenants.id AND u.deactivated_at IS NULL) AS "personCount"
  FROM tenants WHERE id = current_tenant_id()`;
const SELECT_SIGN_UP = `
  SELECT tenant_id AS id, company_name AS name, person_name AS "personName", email, locale, time_zone AS "timeZone",
    currency, reason, to_char(requested_at AT TIME ZONE 'UTC', ${INSTANT}) AS "requestedAt",
    coalesce(decision, CASE WHEN confirmed_at IS NULL THEN 'unconfirmed' ELSE 'waiting' END) AS state
  FROM sign_ups WHERE tenant_id = current_tenant_id()`;
