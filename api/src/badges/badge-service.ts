import type { ServiceImpl } from '@connectrpc/connect';
import { type TenantTransaction, withTenant } from '@eventkit/database/tenant-transaction.ts';
import type { BadgeService } from '@eventkit/proto/gen/eventkit/v1/badges_pb.ts';
import type { NewId } from '@eventkit/shared/kernel/ids.ts';
import { microsOf } from '@eventkit/shared/kernel/instant.ts';
import { leastPinDigits } from '@eventkit/shared/permissions/pins.ts';
import type pg from 'pg';
import { hashOfSecret } from '#auth/hash-of-secret.ts';
import { type Caller, callerOf } from '#http/caller.ts';
import { connectErrorOf } from '#http/connect-error-of.ts';
import { scopeOf } from '#http/scope-of.ts';
import { newBadgeCode } from './badge-code.ts';
import {
  clearPin,
  findOwnPin,
  insertBadge,
  insertPin,
  listBadgeHolders,
  lockPerson,
  withdrawBadge,
} from './badge-store.ts';
import { hashPin } from './pin-hash.ts';

/** The badges and PINs of the caller's company, and the caller's own. */
export function createBadgeService({
  pool,
  newId,
}: {
  readonly pool: pg.Pool;
  readonly newId: NewId;
}): ServiceImpl<typeof BadgeService> {
  /** Somebody of the company, held while something of theirs is changed. */
  const ofPerson = (
    caller: Caller,
    personId: string,
    change: (tx: TenantTransaction, id: string) => unknown,
  ) =>
    withTenant(pool, scopeOf(caller), async (tx) => {
      const id = personId.toLowerCase();
      const isKnown = await lockPerson(tx, id);
      if (!isKnown) throw connectErrorOf({ tag: 'not_found', what: 'person', field: 'person_id' });
      await change(tx, id);
      return {};
    });
  return {
    async listBadges(_request, context) {
      const rows = await withTenant(pool, scopeOf(callerOf(context)), listBadgeHolders, { isReadOnly: true });
      return {
        people: rows.map(({ badgeGivenAt, ...same }) => ({
          ...same,
          ...(badgeGivenAt === null ? {} : { badgeGivenAtMicros: microsOf(badgeGivenAt) }),
        })),
      };
    },

    async giveBadge({ personId }, context) {
      const caller = callerOf(context);
      const secretCode = newBadgeCode();
      const badge = { id: newId(), codeHash: hashOfSecret(secretCode), givenBy: caller.userId };
      await ofPerson(caller, personId, async (tx, id) => {
        await withdrawBadge(tx, id);
        await insertBadge(tx, { ...badge, personId: id });
      });
      return { secretCode };
    },

    withdrawBadge: ({ personId }, context) => ofPerson(callerOf(context), personId, withdrawBadge),
    clearPin: ({ personId }, context) => ofPerson(callerOf(context), personId, clearPin),

    async getOwnPin(_request, context) {
      const caller = callerOf(context);
      const { digitCount, hasBadge } = await withTenant(
        pool,
        scopeOf(caller),
        (tx) => findOwnPin(tx, caller.userId),
        { isReadOnly: true },
      );
      const leastDigits = leastPinDigits(caller.permissions);
      return { leastDigits, hasPin: (digitCount ?? 0) >= leastDigits, hasBadge };
    },

    async setOwnPin({ pin }, context) {
      const caller = callerOf(context);
      const leastDigits = leastPinDigits(caller.permissions);
      if (pin.length < leastDigits) {
        const message = `must have at least ${leastDigits} digits`;
        throw connectErrorOf({ tag: 'invalid', violations: [{ field: 'pin', rule: 'pin.digits', message }] });
      }
      const hashed = await hashPin(pin);
      return ofPerson(caller, caller.userId, async (tx, id) => {
        await clearPin(tx, id);
        await insertPin(tx, id, { ...hashed, digitCount: pin.length });
      });
    },
  };
}
