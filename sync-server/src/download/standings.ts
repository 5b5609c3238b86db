import { isUuid } from '@eventkit/shared/kernel/ids.ts';
import { type HeldRole, permissionsOf } from '@eventkit/shared/permissions/roles.ts';
import type { Queryable } from '#oplog/oplog-store.ts';
import type { SyncClaims } from './verify-sync-token.ts';

/**
 * Those of these tokens that are not true any more by what the database says: the device revoked, the user deactivated,
 * or given other rights than the token names. One of whose user it knows nothing is not among them.
 */
export type ReadEnded = (claims: readonly SyncClaims[]) => Promise<ReadonlySet<SyncClaims>>;

/** Asks the tables themselves: what was so before the log was followed, or while it is not, no operation tells. */
export function endedReader(db: Queryable): ReadEnded {
  return async (claims) => {
    const { rows } = await db.query<Standing>({
      name: 'sync-read-standings',
      text: `SELECT k.place::integer, u.role, r.permissions AS "customPermissions",
          coalesce(u.deactivated_at IS NOT NULL OR d.revoked_at IS NOT NULL, false) AS "isOut"
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[])
          WITH ORDINALITY AS k (tenant_id, user_id, device_id, place)
        LEFT JOIN public.users u ON u.tenant_id = k.tenant_id AND u.id = k.user_id
        LEFT JOIN public.roles r ON r.tenant_id = u.tenant_id AND r.id = u.custom_role_id
        LEFT JOIN public.devices d ON d.tenant_id = k.tenant_id AND d.id = k.device_id`,
      values: [
        claims.map((one) => idOf(one['tenant_id'])),
        claims.map((one) => idOf(one.sub)),
        claims.map((one) => idOf(one['device_id'])),
      ],
    });
    return new Set(
      rows.flatMap(({ place, isOut, ...held }) => {
        const one = claims[place - 1];
        return one !== undefined && (isOut || hasOtherRights(one, held)) ? one : [];
      }),
    );
  };
}

type Standing = Omit<HeldRole, 'role'> & {
  /** From 1. */
  readonly place: number;
  /** Null where the user is not known. */
  readonly role: HeldRole['role'] | null;
  readonly isOut: boolean;
};

/** A token that names no role was not made from one. */
function hasOtherRights(
  { role: named, permissions: given }: SyncClaims,
  { role, customPermissions }: Pick<Standing, 'role' | 'customPermissions'>,
): boolean {
  if (named === undefined || role === null) return false;
  return String(given) !== String(permissionsOf({ role, customPermissions }));
}

function idOf(claim: unknown): string | null {
  return typeof claim === 'string' && isUuid(claim) ? claim : null;
}
