import type { TenantId, UserId } from '@eventkit/shared/kernel/ids.ts';
import type { HeldRole } from '@eventkit/shared/permissions/roles.ts';
import type pg from 'pg';
import { gather } from '#http/gather.ts';

export type TiedUser = HeldRole & { readonly tenantId: TenantId; readonly userId: UserId };

type Subject = { readonly issuer: string; readonly subject: string };

/** Active users of any company who are tied to this subject of a provider, as of now. */
export type UsersBySubject = (subject: Subject) => Promise<readonly TiedUser[]>;

const MOST_AT_ONCE = 200;

/** Every call with a token asks this: those that come at the same time ask together. */
export function createUsersBySubject(pool: pg.Pool): UsersBySubject {
  return gather(async (subjects) => {
    const { rows } = await pool.query<TiedUser & { place: number }>({
      name: 'find-users-by-subject',
      text: `SELECT w.place, u.tenant_id AS "tenantId", u.user_id AS "userId", u.role,
          u.custom_permissions AS "customPermissions"
        FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS w (issuer, subject, place),
          find_user_by_subject(w.issuer, w.subject) AS u`,
      values: [subjects.map(({ issuer }) => issuer), subjects.map(({ subject }) => subject)],
    });
    return subjects.map((_, index) =>
      rows.filter(({ place }) => place === index + 1).map(({ place: _place, ...user }) => user),
    );
  }, MOST_AT_ONCE);
}
