import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import type pg from 'pg';
import type { SignUp } from './read-sign-up.ts';

export type StoredSignUp = SignUp & {
  readonly linkHash: Buffer | null;
  readonly isConfirmed: boolean;
  readonly decision: 'approved' | 'refused' | null;
  readonly reason: string;
  readonly mailDue: 'confirm' | 'approved' | 'refused' | null;
};

/** How often this address was given within a day. */
export async function countSignUpsLately(pool: pg.Pool, email: string): Promise<number> {
  const { rows } = await pool.query<{ count: number }>('SELECT sign_ups_lately($1)::int AS count', [email]);
  return rows[0]?.count ?? 0;
}

export async function insertSignUp(tx: TenantTransaction, signUp: SignUp): Promise<void> {
  const { companyName, personName, email, locale, timeZone, currency } = signUp;
  await tx.query(
    `INSERT INTO sign_ups (tenant_id, company_name, person_name, email, locale, time_zone, currency)
     VALUES (current_tenant_id(), $1, $2, $3, $4, $5, $6)`,
    [companyName, personName, email, locale, timeZone, currency],
  );
}

/** The request of the transaction's company, held until it ends; null where there is none. */
export async function holdSignUp(tx: TenantTransaction): Promise<StoredSignUp | null> {
  const { rows } = await tx.query<StoredSignUp>(
    `SELECT company_name AS "companyName", person_name AS "personName", email, locale, time_zone AS "timeZone",
       currency, link_hash AS "linkHash", confirmed_at IS NOT NULL AS "isConfirmed", decision, reason,
       mail_due AS "mailDue"
     FROM sign_ups WHERE tenant_id = current_tenant_id() FOR UPDATE`,
  );
  return rows[0] ?? null;
}

/** Once more changes nothing. */
export async function confirmSignUp(tx: TenantTransaction): Promise<void> {
  await tx.query('UPDATE sign_ups SET confirmed_at = now() WHERE confirmed_at IS NULL');
}

/** Nothing is to be sent any more; a link that went off is known by its hash. */
export async function noteSignUpMail(tx: TenantTransaction, linkHash: Buffer | null): Promise<void> {
  await tx.query('UPDATE sign_ups SET mail_due = NULL, link_hash = coalesce($1, link_hash)', [linkHash]);
}

export async function deleteSignUp(tx: TenantTransaction): Promise<void> {
  await tx.query('DELETE FROM sign_ups WHERE tenant_id = current_tenant_id()');
}

/** Whether somebody who may sign in has this address, in whatever company. */
export async function isAddressInUse(tx: TenantTransaction, email: string): Promise<boolean> {
  const { rowCount } = await tx.query('SELECT FROM find_user_by_email($1)', [email]);
  return rowCount !== 0;
}
