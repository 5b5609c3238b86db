import type { DemoAccount } from '@eventkit/api/auth/embedded-provider/demo-account.ts';
import { isRole } from '@eventkit/shared/permissions/roles.ts';
import type pg from 'pg';

/** The active users of all companies, the larger first where several were made at once, for the embedded provider. Needs an owner whom row-level security lets see all. */
export async function listAccounts(pool: pg.Pool): Promise<readonly DemoAccount[]> {
  const { rows } = await pool.query<Omit<DemoAccount, 'role'> & { readonly role: string }>(
    `SELECT u.id, u.name, u.email, u.role, t.name AS company
     FROM users u JOIN tenants t ON t.id = u.tenant_id
     WHERE u.deactivated_at IS NULL
     ORDER BY t.created_at, count(*) OVER (PARTITION BY t.id) DESC, t.name, array_position(ARRAY['warehouse', 'planner', 'admin'], u.role), u.name`,
  );
  return rows.flatMap(({ role, ...account }) => (isRole(role) ? [{ ...account, role }] : []));
}
