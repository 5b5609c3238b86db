import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { Role } from '@eventkit/shared/permissions/roles.ts';

/** A person with the name of their role where it is the company's own. */
export type PersonRow = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly ownRoleId: string | null;
  readonly ownRoleName: string | null;
  readonly locale: string;
  readonly hasSignedIn: boolean;
  readonly invitationSentAt: Instant | null;
  readonly deactivatedAt: Instant | null;
};

/** What decides what a person may do. */
export type StoredRole = Pick<PersonRow, 'role' | 'ownRoleId'>;

/** The name in lower case, then the id, of the last person before the page. */
export type PersonPosition = readonly [name: string, id: string];

/** People by name in lower case, then id, after a position; `search` is a part of name or address in lower case. */
export async function listPeople(
  tx: TenantTransaction,
  wanted: {
    readonly after: PersonPosition | null;
    readonly limit: number;
    readonly search: string;
    /** Null: both. */
    readonly isActive: boolean | null;
  },
): Promise<readonly (PersonRow & { readonly sortName: string })[]> {
  const [name, id] = wanted.after ?? [null, null];
  const { rows } = await tx.query<PersonRow & { sortName: string }>({
    name: 'list-people',
    text: `SELECT ${PERSON}, lower(u.name) AS "sortName" FROM users u
     WHERE ($1::text IS NULL OR (lower(u.name), u.id) > ($1, $2::uuid))
       AND ($3 = '' OR position($3 IN lower(u.name)) > 0 OR position($3 IN u.email) > 0)
       AND ($4::boolean IS NULL OR (u.deactivated_at IS NULL) = $4)
     ORDER BY lower(u.name), u.id LIMIT $5`,
    values: [name, id, wanted.search, wanted.isActive, wanted.limit],
  });
  return rows;
}

export async function findPerson(tx: TenantTransaction, id: string): Promise<PersonRow | null> {
  const { rows } = await tx.query<PersonRow>({
    name: 'find-person',
    text: `SELECT ${PERSON} FROM users u WHERE u.id = $1`,
    values: [id],
  });
  return rows[0] ?? null;
}

export async function findPersonByEmail(tx: TenantTransaction, email: string): Promise<PersonRow | null> {
  const { rows } = await tx.query<PersonRow>(`SELECT ${PERSON} FROM users u WHERE u.email = $1`, [email]);
  return rows[0] ?? null;
}

/** False where somebody of the company has the address already. */
export async function insertPerson(
  tx: TenantTransaction,
  person: StoredRole & Pick<PersonRow, 'id' | 'name' | 'email' | 'locale'>,
): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'insert-person',
    text: `INSERT INTO users (tenant_id, id, email, name, role, custom_role_id, locale)
      VALUES (current_tenant_id(), $1, $2, $3, $4, $5, $6)
      ON CONFLICT (tenant_id, email) DO NOTHING`,
    values: [person.id, person.email, person.name, person.role, person.ownRoleId, person.locale],
  });
  return rowCount === 1;
}

export async function updatePerson(
  tx: TenantTransaction,
  person: StoredRole & Pick<PersonRow, 'id' | 'name' | 'locale'>,
): Promise<void> {
  await tx.query('UPDATE users SET name = $2, role = $3, custom_role_id = $4, locale = $5 WHERE id = $1', [
    person.id,
    person.name,
    person.role,
    person.ownRoleId,
    person.locale,
  ]);
}

/** Leaves what is not given, and the role, as it is at that moment, whoever else changes it meanwhile. */
export async function updateNameAndLocale(
  tx: TenantTransaction,
  id: string,
  { name, locale }: { readonly name?: string; readonly locale?: string },
): Promise<void> {
  await tx.query({
    name: 'update-name-and-locale',
    text: 'UPDATE users SET name = coalesce($2, name), locale = coalesce($3, locale) WHERE id = $1',
    values: [id, name ?? null, locale ?? null],
  });
}

/** Shuts the person out; their sessions are gone with the same commit. Answers the refresh tokens they leave behind. */
export async function deactivatePerson(tx: TenantTransaction, id: string): Promise<readonly string[]> {
  await tx.query('UPDATE users SET deactivated_at = now() WHERE id = $1 AND deactivated_at IS NULL', [id]);
  const { rows } = await tx.query<{ refresh_token: string | null }>(
    'DELETE FROM sessions WHERE user_id = $1 RETURNING refresh_token',
    [id],
  );
  return rows.flatMap(({ refresh_token: token }) => token ?? []);
}

export async function reactivatePerson(tx: TenantTransaction, id: string): Promise<void> {
  await tx.query('UPDATE users SET deactivated_at = NULL WHERE id = $1 AND deactivated_at IS NOT NULL', [id]);
}

export async function noteInvitationSent(tx: TenantTransaction, id: string): Promise<void> {
  await tx.query('UPDATE users SET invitation_sent_at = now() WHERE id = $1', [id]);
}

/**
 * The active admins as of now, held until the transaction ends: whoever changes an admin comes one after the other.
 * In the order of their ids, so that two never wait for each other.
 */
export async function lockActiveAdmins(tx: TenantTransaction): Promise<ReadonlySet<string>> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT id FROM users WHERE role = 'admin' AND deactivated_at IS NULL ORDER BY id FOR NO KEY UPDATE`,
  );
  return new Set(rows.map(({ id }) => id));
}

const PERSON = `u.id, u.name, u.email, u.role, u.custom_role_id AS "ownRoleId",
    (SELECT r.name FROM roles r WHERE r.tenant_id = u.tenant_id AND r.id = u.custom_role_id) AS "ownRoleName",
    u.locale, u.subject IS NOT NULL AS "hasSignedIn", u.invitation_sent_at AS "invitationSentAt",
    u.deactivated_at AS "deactivatedAt"`;
