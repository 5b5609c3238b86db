import type { MessageInitShape } from '@bufbuild/protobuf';
import type { ServiceImpl } from '@connectrpc/connect';
import { withTenant } from '@eventkit/database/tenant-transaction.ts';
import type { EnrolledPersonSchema, SharedDeviceService } from '@eventkit/proto/gen/eventkit/v1/badges_pb.ts';
import type { Clock } from '@eventkit/shared/kernel/clock.ts';
import type { NewId } from '@eventkit/shared/kernel/ids.ts';
import { instantOfMs } from '@eventkit/shared/kernel/instant.ts';
import { leastPinDigits } from '@eventkit/shared/permissions/pins.ts';
import { type Permission, permissionsOf } from '@eventkit/shared/permissions/roles.ts';
import type pg from 'pg';
import { type Caller, callerOf } from '#http/caller.ts';
import { connectErrorOf } from '#http/connect-error-of.ts';
import { scopeOf } from '#http/scope-of.ts';
import { enrolPerson } from './enrol-person.ts';
import { type EnrolledRow, findSharing, listEnrolled, setShared } from './shared-device-store.ts';

/** Devices of the caller's company that several people work on. */
export function createSharedDeviceService({
  pool,
  clock,
  newId,
}: {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly newId: NewId;
}): ServiceImpl<typeof SharedDeviceService> {
  return {
    async setDeviceShared({ deviceId, isShared }, context) {
      const isKnown = await withTenant(pool, scopeOf(callerOf(context)), (tx) =>
        setShared(tx, deviceId.toLowerCase(), isShared),
      );
      if (!isKnown) throw connectErrorOf({ tag: 'not_found', what: 'device', field: 'device_id' });
      return {};
    },

    async getSharedDevice(request, context) {
      const caller = callerOf(context);
      const deviceId = request.deviceId.toLowerCase();
      return withTenant(
        pool,
        scopeOf(caller),
        async (tx) => {
          const device = await findSharing(tx, deviceId);
          if (device === null) throw connectErrorOf({ tag: 'not_found', what: 'device', field: 'device_id' });
          const people = (await listEnrolled(tx, deviceId)).filter(hasLongEnoughPin);
          return { isShared: device.isShared, people: people.map((row) => messageOf(row, caller)) };
        },
        { isReadOnly: true },
      );
    },

    async enrolPerson(request, context) {
      const caller = callerOf(context);
      const { badgeCode, pin, publicKey } = request;
      const deviceId = request.deviceId.toLowerCase();
      const asked = { id: newId(), deviceId, badgeCode, pin, publicKey };
      // The refusal is thrown after the commit: a wrong guess that is rolled back would never have been counted.
      const enrolled = await withTenant(pool, scopeOf(caller), async (tx) => {
        const result = await enrolPerson(tx, asked, instantOfMs(clock.wallMs()));
        return result.ok ? { ...result, rows: await listEnrolled(tx, deviceId) } : result;
      });
      if (!enrolled.ok) throw connectErrorOf(enrolled.error);
      const own = enrolled.rows.find(({ enrolmentId }) => enrolmentId === asked.id);
      if (own === undefined) throw new Error(`enrolment ${asked.id} vanished within its own transaction`);
      return { person: messageOf(own, caller) };
    },
  };
}

/** The role may have grown since the PIN was chosen. */
function hasLongEnoughPin({ digitCount, ...held }: EnrolledRow): boolean {
  return digitCount >= leastPinDigits(permissionsOf(held));
}

/**
 * On a shared device nobody may do more than the person who signed it in, and nobody administers: calls of the API go in
 * the name of that person, so the trail would name the wrong one.
 */
function messageOf(
  { customPermissions, badgeHash, digitCount: _, ...same }: EnrolledRow,
  { permissions }: Caller,
): MessageInitShape<typeof EnrolledPersonSchema> {
  const ofRole = permissionsOf({ role: same.role, customPermissions });
  const isOfWork = (permission: Permission) => !/^(audit:|devices:)|:manage$/.test(permission);
  return {
    ...same,
    badgeHash,
    permissions: ofRole.filter((permission) => permissions.includes(permission) && isOfWork(permission)),
  };
}
