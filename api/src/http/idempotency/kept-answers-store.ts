import { randomUUID } from 'node:crypto';
import { type TenantTransaction, withTenant } from '@eventkit/database/tenant-transaction.ts';
import type pg from 'pg';
import type { ClaimOutcome, KeptAnswers, KeyedRequest } from './answer-once.ts';

/** In the database, so that it holds across restarts and for several servers. */
export function createKeptAnswers(pool: pg.Pool): KeptAnswers {
  return {
    claim: (scope, request) => withTenant(pool, scope, (tx) => claim(tx, scope.userId, request)),
    async keep(scope, { key, claim }, answer) {
      await withTenant(pool, scope, (tx) =>
        tx.query('UPDATE idempotency_keys SET answer = $4 WHERE user_id = $1 AND key = $2 AND claim = $3', [
          scope.userId,
          key,
          claim,
          answer,
        ]),
      );
    },
    async release(scope, { key, claim }) {
      await withTenant(pool, scope, (tx) =>
        tx.query(
          'DELETE FROM idempotency_keys WHERE user_id = $1 AND key = $2 AND claim = $3 AND answer IS NULL',
          [scope.userId, key, claim],
        ),
      );
    },
  };
}

async function claim(
  tx: TenantTransaction,
  userId: string | null,
  { key, rpc, requestHash }: KeyedRequest,
): Promise<ClaimOutcome> {
  const own = randomUUID();
  const claimed = await tx.query(CLAIM, [userId, key, rpc, requestHash, own]);
  if (claimed.rowCount === 1) return { tag: 'claimed', claim: { key, claim: own } };
  const { rows } = await tx.query<{ isSame: boolean; answer: Buffer | null }>(
    `SELECT rpc = $3 AND request_hash = $4 AS "isSame", answer
     FROM idempotency_keys WHERE user_id = $1 AND key = $2`,
    [userId, key, rpc, requestHash],
  );
  // Given up in this very moment: whoever sends it again gets it.
  if (rows[0] === undefined) return { tag: 'running' };
  const { isSame, answer } = rows[0];
  if (!isSame) return { tag: 'other_request' };
  return answer === null ? { tag: 'running' } : { tag: 'answered', answer };
}

/** A minute is longer than any call may take; a day is how long answers are kept, whenever they are removed. */
const CLAIM = `INSERT INTO idempotency_keys AS k (tenant_id, user_id, key, rpc, request_hash, claim)
  VALUES (current_tenant_id(), $1, $2, $3, $4, $5)
  ON CONFLICT (tenant_id, user_id, key) DO UPDATE
    SET rpc = excluded.rpc, request_hash = excluded.request_hash, claim = excluded.claim, claimed_at = now(), answer = NULL
    WHERE k.claimed_at < now() - interval '24 hours'
      OR (k.answer IS NULL AND k.claimed_at < now() - interval '1 minute')`;
