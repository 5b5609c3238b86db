import { createClient, type Transport } from '@connectrpc/connect';
import {
  type EnrolledPerson as EnrolledMessage,
  SharedDeviceService,
} from '@eventkit/proto/gen/eventkit/v1/badges_pb.ts';
import { hexOf } from '@eventkit/shared/kernel/hex.ts';
import type { DeviceId, UserId } from '@eventkit/shared/kernel/ids.ts';
import { err, ok } from '@eventkit/shared/kernel/result.ts';
import { isPermission, isRole } from '@eventkit/shared/permissions/roles.ts';
import { refusalOf } from '#platform/rpc/refusal-of.ts';
import { smallCall } from '#platform/rpc/small-call.ts';
import type { ToldPerson } from './enrolled-person.ts';
import type { RefusedEntry, SharingServer } from './shared-device.ts';

/** The server, asked by RPC. */
export function createSharingServer(transport: Transport, deviceId: DeviceId): SharingServer {
  const client = createClient(SharedDeviceService, transport);
  return {
    async ask() {
      try {
        const { isShared, people } = await client.getSharedDevice({ deviceId }, smallCall());
        return { isShared, people: people.flatMap(readPerson) };
      } catch {
        // Without signal, signed out, not yet registered: what the device knows goes on to hold.
        return null;
      }
    },
    async enrol(wanted) {
      try {
        const { person } = await client.enrolPerson({ deviceId, ...wanted }, smallCall());
        const [told] = person === undefined ? [] : readPerson(person);
        return told === undefined ? err({ tag: 'no_signal' }) : ok(told);
      } catch (error) {
        return err(refusedEntry(error));
      }
    },
  };
}

function refusedEntry(thrown: unknown): RefusedEntry {
  const refusal = refusalOf(thrown);
  switch (refusal?.reason) {
    case 'pin_wrong':
    case 'invalid':
      return { tag: 'wrong', waitMs: refusal.retryAfterMs ?? 0 };
    case 'rate_limited':
      return { tag: 'wait', waitMs: refusal.retryAfterMs ?? 0 };
    case 'device_not_shared':
      return { tag: 'not_shared' };
    default:
      return { tag: 'no_signal' };
  }
}

/** Nobody of a role that this version does not know. */
function readPerson(message: EnrolledMessage): ToldPerson[] {
  const { enrolmentId, personId, name, role, permissions, locale, badgeHash } = message;
  if (!isRole(role)) return [];
  return [
    {
      enrolmentId,
      personId: personId as UserId,
      name,
      role,
      permissions: permissions.filter(isPermission),
      locale,
      badgeHash: hexOf(badgeHash),
    },
  ];
}
