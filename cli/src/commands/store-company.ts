import { randomBytes } from 'node:crypto';
import { createPool } from '@eventkit/database/pool.ts';
import { type TenantTransaction, withTenant } from '@eventkit/database/tenant-transaction.ts';
import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import { uuidV7 } from '@eventkit/shared/kernel/ids.ts';
import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';
import pg from 'pg';
import type { NewCompany } from './read-new-company.ts';

export type CompanyRefused =
  /** A company of this slug is there; nothing was changed. */
  | { readonly tag: 'company_exists' }
  /** The address is an active user's already: with two companies behind it nobody could sign in by it. */
  | { readonly tag: 'email_taken' };

const UNIQUE_VIOLATION = '23505';

/**
 * Writes a company and its first administrator, as the company itself: the audit trail has both, by the name of the
 * command. `within` is done in the same transaction, before the company is there; what it refuses is refused.
 */
export async function storeCompany<Refused = never>(
  clock: Pick<Clock, 'wallMs'>,
  ownerUrl: string,
  company: NewCompany,
  from: {
    readonly command: string;
    readonly tenantId: string;
    readonly within: (tx: TenantTransaction) => Promise<Result<null, Refused>>;
  } = {
    command: 'create-company',
    tenantId: uuidV7(clock.wallMs(), randomBytes(10)),
    within: async () => ok(null),
  },
): Promise<Result<{ readonly tenantId: string; readonly userId: string }, CompanyRefused | Refused>> {
  const { name, slug, locale, timeZone, currency, admin } = company;
  const { command, tenantId, within } = from;
  const userId = uuidV7(clock.wallMs(), randomBytes(10));
  const pool = createPool({ url: ownerUrl, role: 'owner', max: 1, applicationName: `eventkit ${command}` });
  const scope = { tenantId, userId: null, deviceId: null, operationId: null, requestId: command };
  try {
    return await withTenant(pool, scope, async (tx) => {
      const allowed = await within(tx);
      if (!allowed.ok) return allowed;
      await tx.query(
        'INSERT INTO tenants (id, name, slug, locale, time_zone, currency) VALUES ($1, $2, $3, $4, $5, $6)',
        [tenantId, name, slug, locale, timeZone, currency],
      );
      // Two that are made at once with one address come one after the other.
      await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`new company ${admin.email}`]);
      const known = await tx.query('SELECT FROM find_user_by_email($1)', [admin.email]);
      if (known.rowCount !== 0) throw new EmailTaken();
      await tx.query(
        `INSERT INTO users (tenant_id, id, email, name, role, locale) VALUES ($1, $2, $3, $4, 'admin', $5)`,
        [tenantId, userId, admin.email, admin.name, locale],
      );
      return ok({ tenantId, userId });
    });
  } catch (thrown) {
    if (thrown instanceof EmailTaken) return err({ tag: 'email_taken' });
    const isDouble = thrown instanceof pg.DatabaseError && thrown.code === UNIQUE_VIOLATION;
    if (isDouble && thrown.constraint === 'tenants_slug_key') return err({ tag: 'company_exists' });
    throw thrown;
  } finally {
    await pool.end();
  }
}

/** Takes the transaction back. */
class EmailTaken extends Error {}
