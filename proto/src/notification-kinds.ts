import type { NotificationKind } from '@eventkit/shared/notifications/notification-kinds.ts';
import { NotificationKind as WireKind } from '#gen/eventkit/v1/notifications_pb.ts';

const wireByKind: Readonly<Record<NotificationKind, WireKind>> = {
  own_conflict: WireKind.OWN_CONFLICT,
  open_conflict: WireKind.OPEN_CONFLICT,
  held_back: WireKind.HELD_BACK,
  truck_left: WireKind.TRUCK_LEFT,
  truck_arrived: WireKind.TRUCK_ARRIVED,
  device_silent: WireKind.DEVICE_SILENT,
  storage_lost: WireKind.STORAGE_LOST,
  device_wiped: WireKind.DEVICE_WIPED,
  invitation_accepted: WireKind.INVITATION_ACCEPTED,
};
const kindByWire = new Map(
  Object.entries(wireByKind).map(([kind, wire]) => [wire, kind as NotificationKind]),
);

export function wireOfNotificationKind(kind: NotificationKind): WireKind {
  return wireByKind[kind];
}

/** Null for a kind that this version does not know. */
export function notificationKindOfWire(wire: WireKind): NotificationKind | null {
  return kindByWire.get(wire) ?? null;
}
