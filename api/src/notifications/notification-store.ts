import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';

/** Says of a person's own notifications whether they were read. */
export async function setRead(
  tx: TenantTransaction,
  {
    userId,
    ids,
    isRead,
  }: { readonly userId: string; readonly ids: readonly string[]; readonly isRead: boolean },
): Promise<void> {
  await tx.query(
    `UPDATE notifications SET read_at = CASE WHEN $3 THEN now() END
     WHERE user_id = $1 AND id = ANY ($2::uuid[]) AND (read_at IS NOT NULL) <> $3`,
    [userId, ids, isRead],
  );
}
