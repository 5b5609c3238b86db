import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import type pg from 'pg';
import { composeSignUpMail } from '#mail/compose-sign-up-mail.ts';
import type { Mailer } from '#mail/mailer.ts';
import { newSignUpLink } from './sign-up-link.ts';
import { deleteSignUp, holdSignUp, isAddressInUse, noteSignUpMail } from './sign-up-store.ts';

/** Requests that mail is to be sent about. */
export async function findSignUpsToMail(pool: pg.Pool): Promise<readonly string[]> {
  const { rows } = await pool.query<{ tenantId: string }>(
    'SELECT tenant_id AS "tenantId" FROM tenants_with_sign_up_mail() AS tenant_id',
  );
  return rows.map(({ tenantId }) => tenantId);
}

/**
 * Sends what is due to the address of a request. Here, and not while somebody waits for an answer, is looked at whether
 * the address is somebody's already: neither the answer nor how long it takes tells a stranger, only the mail does.
 */
export async function mailSignUp(
  { mailer, publicUrl }: { readonly mailer: Mailer; readonly publicUrl: URL },
  tx: TenantTransaction,
  tenantId: string,
): Promise<number> {
  const signUp = await holdSignUp(tx);
  if (signUp === null || signUp.mailDue === null) return 0;
  const start = new URL('/', publicUrl).href;
  if (signUp.mailDue === 'confirm' && (await isAddressInUse(tx, signUp.email))) {
    await mailer.send(composeSignUpMail({ kind: 'known', signUp, link: start }));
    await deleteSignUp(tx);
    return 1;
  }
  const link = signUp.mailDue === 'confirm' ? newSignUpLink(tenantId) : null;
  await noteSignUpMail(tx, link?.hash ?? null);
  const address = link === null ? start : new URL(link.path, publicUrl).href;
  await mailer.send(composeSignUpMail({ kind: signUp.mailDue, signUp, link: address }));
  return 1;
}
