import type { ServiceImpl } from '@connectrpc/connect';
import { withTenant } from '@eventkit/database/tenant-transaction.ts';
import {
  TrashKind as KindMessage,
  TrashHoldReason as ReasonMessage,
  type TrashService,
} from '@eventkit/proto/gen/eventkit/v1/trash_pb.ts';
import type { NewId } from '@eventkit/shared/kernel/ids.ts';
import { type Instant, microsOf } from '@eventkit/shared/kernel/instant.ts';
import type pg from 'pg';
import { type Caller, callerOf } from '#http/caller.ts';
import { connectErrorOf } from '#http/connect-error-of.ts';
import { orRefuse } from '#http/or-refuse.ts';
import { decodePageToken, encodePageToken, pageOf, pageSizeOf } from '#http/page-token.ts';
import { scopeOf } from '#http/scope-of.ts';
import { deleteRecord } from './delete-record.ts';
import type { TrashHoldReason } from './trash-holds.ts';
import { type TrashKind, trashKinds, trashKindsFor } from './trash-kinds.ts';
import { bringBack, listTrash, lockItems, readTrashDays, type TrashPosition } from './trash-store.ts';

/** What was deleted and can be brought back; which right is asked for depends on the kind of record. */
export function createTrashService({
  pool,
  newId,
}: {
  readonly pool: pg.Pool;
  readonly newId: NewId;
}): ServiceImpl<typeof TrashService> {
  return {
    async listTrash(request, context) {
      const caller = callerOf(context);
      const kinds = trashKindsFor(caller.permissions);
      const list = `trash:${kinds.join()}`;
      const after = orRefuse(
        decodePageToken(list, ['instant', 'uuid'], request.pageToken),
      ) as TrashPosition | null;
      const size = pageSizeOf(request.pageSize);
      const [found, trashDays] = await withTenant(
        pool,
        scopeOf(caller),
        async (tx) =>
          [await listTrash(tx, { kinds, after, limit: size + 1 }), await readTrashDays(tx)] as const,
        { isReadOnly: true },
      );
      const page = pageOf(found, size, ({ deletedAt, id }) => encodePageToken(list, [deletedAt, id]));
      const items = page.rows.map(({ kind, deletedAt, purgedAt, cameBackAt, ...row }) => ({
        ...row,
        kind: kindMessages[kind],
        deletedAtMicros: microsOf(deletedAt),
        purgedAtMicros: microsOf(purgedAt),
        ...(cameBackAt === null ? {} : { cameBackAtMicros: microsOf(cameBackAt as Instant) }),
      }));
      return { items, trashDays, nextPageToken: page.nextPageToken };
    },

    async deleteRecord(request, context) {
      const caller = callerOf(context);
      const kind = kindOf(request.kind);
      demand(caller, kind);
      const deletion = await withTenant(pool, scopeOf(caller), (tx) =>
        deleteRecord(tx, newId, kind, request.recordId.toLowerCase()),
      );
      switch (deletion.tag) {
        case 'unknown':
          throw connectErrorOf({ tag: 'not_found', what: 'record', field: 'record_id' });
        case 'held':
          return {
            holds: deletion.holds.map(({ reason, count }) => ({ reason: reasonMessages[reason], count })),
          };
        case 'deleted':
          return { itemId: deletion.itemId, withCount: deletion.withCount };
      }
    },

    async restoreRecord({ itemId }, context) {
      const caller = callerOf(context);
      return withTenant(pool, scopeOf(caller), async (tx) => {
        const records = await lockItems(tx, itemId.toLowerCase());
        if (records.length === 0)
          throw connectErrorOf({ tag: 'not_found', what: 'record', field: 'item_id' });
        for (const { kind } of records) demand(caller, kind);
        return { cameAlong: [...(await bringBack(tx, records))] };
      });
    },
  };
}

function demand({ permissions }: Caller, kind: TrashKind): void {
  if (!permissions.includes(trashKinds[kind].permission)) throw connectErrorOf({ tag: 'not_permitted' });
}

const kindMessages: Readonly<Record<TrashKind, KindMessage>> = {
  product: KindMessage.PRODUCT,
  asset: KindMessage.ASSET,
  event: KindMessage.EVENT,
  storage_location: KindMessage.STORAGE_LOCATION,
};

const reasonMessages: Readonly<Record<TrashHoldReason, ReasonMessage>> = {
  out_on_event: ReasonMessage.OUT_ON_EVENT,
  on_vehicle: ReasonMessage.ON_VEHICLE,
  in_case: ReasonMessage.IN_CASE,
  holds_pieces: ReasonMessage.HOLDS_PIECES,
  loose_stock: ReasonMessage.LOOSE_STOCK,
  on_pull_list: ReasonMessage.ON_PULL_LIST,
  truck_confirmed: ReasonMessage.TRUCK_CONFIRMED,
  open_conflict: ReasonMessage.OPEN_CONFLICT,
};

function kindOf(message: KindMessage): TrashKind {
  const found = (Object.keys(kindMessages) as TrashKind[]).find((kind) => kindMessages[kind] === message);
  if (found === undefined) throw new Error('a request that was not looked at');
  return found;
}
