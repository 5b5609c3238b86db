import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import { DatabaseError } from 'pg';

/** A role of the company's own. */
export type OwnRoleRow = {
  readonly id: string;
  readonly name: string;
  readonly permissions: readonly string[];
};

export async function listOwnRoles(tx: TenantTransaction): Promise<readonly OwnRoleRow[]> {
  const { rows } = await tx.query<OwnRoleRow>({
    name: 'list-own-roles',
    text: 'SELECT id, name, permissions FROM roles ORDER BY lower(name), id',
  });
  return rows;
}

/** How many people hold each role, by the key of a built-in one or the id of an own one. */
export async function countHolders(tx: TenantTransaction): Promise<ReadonlyMap<string, number>> {
  const { rows } = await tx.query<{ role: string; count: number }>({
    name: 'count-holders',
    text: 'SELECT coalesce(custom_role_id::text, role) AS role, count(*) AS count FROM users GROUP BY 1',
  });
  return new Map(rows.map(({ role, count }) => [role, count]));
}

/** Whether there is the role; it cannot go before the transaction ends. */
export async function holdOwnRole(tx: TenantTransaction, id: string): Promise<boolean> {
  const { rowCount } = await tx.query('SELECT FROM roles WHERE id = $1 FOR KEY SHARE', [id]);
  return rowCount === 1;
}

/** The role, which nobody else can give or change before the transaction ends. */
export async function lockOwnRole(tx: TenantTransaction, id: string): Promise<OwnRoleRow | null> {
  const { rows } = await tx.query<OwnRoleRow>(
    'SELECT id, name, permissions FROM roles WHERE id = $1 FOR UPDATE',
    [id],
  );
  return rows[0] ?? null;
}

/** False where another role of the company has the name. */
export async function insertOwnRole(tx: TenantTransaction, role: OwnRoleRow): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'insert-own-role',
    text: `INSERT INTO roles (tenant_id, id, name, permissions) VALUES (current_tenant_id(), $1, $2, $3)
      ON CONFLICT (tenant_id, lower(name)) DO NOTHING`,
    values: [role.id, role.name, role.permissions],
  });
  return rowCount === 1;
}

/** False where another role of the company has the name; the transaction must not go on then. */
export async function updateOwnRole(tx: TenantTransaction, role: OwnRoleRow): Promise<boolean> {
  try {
    await tx.query('UPDATE roles SET name = $2, permissions = $3 WHERE id = $1', [
      role.id,
      role.name,
      role.permissions,
    ]);
    return true;
  } catch (thrown) {
    if (thrown instanceof DatabaseError && thrown.constraint === 'roles_by_name') return false;
    throw thrown;
  }
}

export async function deleteOwnRole(tx: TenantTransaction, id: string): Promise<void> {
  await tx.query('DELETE FROM roles WHERE id = $1', [id]);
}

/** Names of who holds the role, shut out or not, by name. */
export async function listHolderNames(
  tx: TenantTransaction,
  id: string,
  limit: number,
): Promise<readonly string[]> {
  const { rows } = await tx.query<{ name: string }>(
    'SELECT name FROM users WHERE custom_role_id = $1 ORDER BY lower(name), id LIMIT $2',
    [id, limit],
  );
  return rows.map(({ name }) => name);
}
