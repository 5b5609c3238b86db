import type { TenantTransaction } from '@eventkit/database/tenant-transaction.ts';
import type { Instant } from '@eventkit/shared/kernel/instant.ts';
import type { HeldRole } from '@eventkit/shared/permissions/roles.ts';
import type { HashedPin } from './pin-hash.ts';

export type BadgeHolderRow = {
  readonly personId: string;
  readonly name: string;
  readonly badgeGivenAt: Instant | null;
  readonly hasPin: boolean;
};

/** The active people of the company, by name. */
export async function listBadgeHolders(tx: TenantTransaction): Promise<readonly BadgeHolderRow[]> {
  const { rows } = await tx.query<BadgeHolderRow>(
    `SELECT u.id AS "personId", u.name, b.given_at AS "badgeGivenAt", p.user_id IS NOT NULL AS "hasPin"
     FROM users u
     LEFT JOIN badges b ON b.tenant_id = u.tenant_id AND b.user_id = u.id AND b.withdrawn_at IS NULL
     LEFT JOIN pins p ON p.tenant_id = u.tenant_id AND p.user_id = u.id
     WHERE u.deactivated_at IS NULL ORDER BY lower(u.name), u.id`,
  );
  return rows;
}

/** Locks the person until the transaction ends; false where the company has nobody active of this id. */
export async function lockPerson(tx: TenantTransaction, personId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    'SELECT 1 FROM users WHERE id = $1 AND deactivated_at IS NULL FOR NO KEY UPDATE',
    [personId],
  );
  return rowCount === 1;
}

export async function insertBadge(
  tx: TenantTransaction,
  badge: {
    readonly id: string;
    readonly personId: string;
    readonly codeHash: Buffer;
    readonly givenBy: string;
  },
): Promise<void> {
  await tx.query(
    `INSERT INTO badges (tenant_id, id, user_id, code_hash, given_by) VALUES (current_tenant_id(), $1, $2, $3, $4)`,
    [badge.id, badge.personId, badge.codeHash, badge.givenBy],
  );
}

/** With it end the enrolments that rest on it. */
export async function withdrawBadge(tx: TenantTransaction, personId: string): Promise<void> {
  await tx.query('UPDATE badges SET withdrawn_at = now() WHERE user_id = $1 AND withdrawn_at IS NULL', [
    personId,
  ]);
}

/** With it end the person's enrolments, and what they guessed wrong before is forgotten. */
export async function clearPin(tx: TenantTransaction, personId: string): Promise<void> {
  await tx.query('DELETE FROM pins WHERE user_id = $1', [personId]);
  await tx.query('DELETE FROM pin_tries WHERE user_id = $1', [personId]);
}

export async function insertPin(
  tx: TenantTransaction,
  personId: string,
  { salt, hash, digitCount }: HashedPin & { readonly digitCount: number },
): Promise<void> {
  await tx.query(
    `INSERT INTO pins (tenant_id, user_id, salt, pin_hash, digit_count) VALUES (current_tenant_id(), $1, $2, $3, $4)`,
    [personId, salt, hash, digitCount],
  );
}

/** What a person has of a badge and a PIN. */
export async function findOwnPin(
  tx: TenantTransaction,
  personId: string,
): Promise<{ readonly digitCount: number | null; readonly hasBadge: boolean }> {
  const { rows } = await tx.query<{ digitCount: number | null; hasBadge: boolean }>(
    `SELECT (SELECT digit_count FROM pins WHERE user_id = $1) AS "digitCount",
       EXISTS (SELECT 1 FROM badges WHERE user_id = $1 AND withdrawn_at IS NULL) AS "hasBadge"`,
    [personId],
  );
  return rows[0] ?? { digitCount: null, hasBadge: false };
}

/** The active person of a badge in use, with what their PIN is looked at by. */
export type BadgePerson = HeldRole & {
  readonly badgeId: string;
  readonly personId: string;
  readonly salt: Buffer | null;
  readonly hash: Buffer | null;
  readonly digitCount: number | null;
  readonly wrongCount: number;
  readonly waitsUntil: Instant | null;
};

/** Locked until the transaction ends, so that guesses are looked at one after the other. */
export async function lockBadgePerson(tx: TenantTransaction, codeHash: Buffer): Promise<BadgePerson | null> {
  // By itself: what is read by the same statement is as of before the wait for the lock, and so are the tries.
  await tx.query('SELECT 1 FROM badges WHERE code_hash = $1 FOR NO KEY UPDATE', [codeHash]);
  const { rows } = await tx.query<BadgePerson>(
    `SELECT b.id AS "badgeId", u.id AS "personId", u.role, r.permissions AS "customPermissions", p.salt,
       p.pin_hash AS hash, p.digit_count AS "digitCount", coalesce(t.failed_count, 0) AS "wrongCount",
       t.waits_until AS "waitsUntil"
     FROM badges b
     JOIN users u ON u.tenant_id = b.tenant_id AND u.id = b.user_id AND u.deactivated_at IS NULL
     LEFT JOIN roles r ON r.tenant_id = u.tenant_id AND r.id = u.custom_role_id
     LEFT JOIN pins p ON p.tenant_id = u.tenant_id AND p.user_id = u.id
     LEFT JOIN pin_tries t ON t.tenant_id = u.tenant_id AND t.user_id = u.id
     WHERE b.code_hash = $1 AND b.withdrawn_at IS NULL`,
    [codeHash],
  );
  return rows[0] ?? null;
}

export async function noteWrongPin(
  tx: TenantTransaction,
  personId: string,
  { wrongCount, waitsUntil }: { readonly wrongCount: number; readonly waitsUntil: Instant },
): Promise<void> {
  await tx.query(
    `INSERT INTO pin_tries (tenant_id, user_id, failed_count, waits_until) VALUES (current_tenant_id(), $1, $2, $3)
     ON CONFLICT (tenant_id, user_id) DO UPDATE SET
       failed_count = excluded.failed_count, waits_until = excluded.waits_until`,
    [personId, wrongCount, waitsUntil],
  );
}

export async function forgetWrongPins(tx: TenantTransaction, personId: string): Promise<void> {
  await tx.query('DELETE FROM pin_tries WHERE user_id = $1', [personId]);
}
