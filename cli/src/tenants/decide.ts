import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import { err, ok, type Result } from '@eventkit/shared/kernel/result.ts';

/** Why nothing can be decided about a request. */
export type NotDecided = { readonly tag: 'unknown' | 'unconfirmed' | 'decided_before' };

/**
 * Decides about the request of the transaction's company, once: of two operators the second is told. The mail about it goes
 * off with the jobs of the server.
 */
export async function decide(
  tx: TenantTransaction,
  decision: 'approved' | 'refused',
  reason: string,
): Promise<Result<null, NotDecided>> {
  const { rows } = await tx.query<{ isConfirmed: boolean; isDecided: boolean }>(
    `SELECT confirmed_at IS NOT NULL AS "isConfirmed", decided_at IS NOT NULL AS "isDecided"
     FROM sign_ups WHERE tenant_id = current_tenant_id() FOR UPDATE`,
  );
  const [found] = rows;
  if (found === undefined) return err({ tag: 'unknown' });
  if (found.isDecided) return err({ tag: 'decided_before' });
  if (!found.isConfirmed) return err({ tag: 'unconfirmed' });
  await tx.query(
    `UPDATE sign_ups SET decision = $1, decided_at = now(), reason = $2, mail_due = $1
     WHERE tenant_id = current_tenant_id()`,
    [decision, reason],
  );
  return ok(null);
}

export const problemOf: Readonly<Record<NotDecided['tag'], string>> = {
  unknown: 'There is no such request. eventkit tenants list says which there are.',
  unconfirmed:
    'Nobody has confirmed yet that the e-mail address is theirs. It can be decided when somebody has.',
  decided_before: 'This was decided before; nothing was changed.',
};
