import { isUuid } from '@eventkit/shared/kernel/ids.ts';
import type { Queryable } from '#oplog/oplog-store.ts';
import type { SyncClaims } from './verify-sync-token.ts';

/**
 * Of those that these tokens were made for, the ones that the database says are out: the device revoked, the user
 * deactivated. Somebody of whom it knows nothing is not among them.
 */
export type ReadEnded = (claims: readonly SyncClaims[]) => Promise<ReadonlySet<SyncClaims>>;

/** Asks the tables themselves: what was so before the log was followed, or while it is not, no operation tells. */
export function endedReader(db: Queryable): ReadEnded {
  return async (claims) => {
    const { rows } = await db.query<[string]>({
      name: 'sync-read-ended',
      rowMode: 'array',
      text: `SELECT k.place FROM unnest($1::uuid[], $2::uuid[], $3::uuid[])
          WITH ORDINALITY AS k (tenant_id, user_id, device_id, place)
        WHERE EXISTS (SELECT FROM public.users u
            WHERE u.tenant_id = k.tenant_id AND u.id = k.user_id AND u.deactivated_at IS NOT NULL)
          OR EXISTS (SELECT FROM public.devices d
            WHERE d.tenant_id = k.tenant_id AND d.id = k.device_id AND d.revoked_at IS NOT NULL)`,
      values: [
        claims.map((one) => idOf(one['tenant_id'])),
        claims.map((one) => idOf(one.sub)),
        claims.map((one) => idOf(one['device_id'])),
      ],
    });
    return new Set(rows.flatMap(([place]) => claims[Number(place) - 1] ?? []));
  };
}

function idOf(claim: unknown): string | null {
  return typeof claim === 'string' && isUuid(claim) ? claim : null;
}
