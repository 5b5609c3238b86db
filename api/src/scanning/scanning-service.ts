import type { ServiceImpl } from '@connectrpc/connect';
import {
  atOnceWithTenant,
  type TenantTransaction,
  withTenant,
} from '@eventkit/database/tenant-transaction.ts';
import { together } from '@eventkit/database/together.ts';
import type { ScanningService } from '@eventkit/proto/gen/eventkit/v1/scanning_pb.ts';
import type pg from 'pg';
import { callerOf } from '#http/caller.ts';
import { connectErrorOf } from '#http/connect-error-of.ts';
import { decodePageToken, encodePageToken, pageOf, pageSizeOf } from '#http/page-token.ts';
import { scopeOf } from '#http/scope-of.ts';
import { conflictMessage, movementMessage } from './scanning-messages.ts';
import {
  type ConflictPosition,
  type ConflictRow,
  findMovements,
  hasAsset,
  listMovements,
  listOpenConflicts,
  type MovementPosition,
} from './scanning-store.ts';

/** The history of an asset and what does not fit together, in the caller's company. */
export function createScanningService({
  pool,
}: {
  readonly pool: pg.Pool;
}): ServiceImpl<typeof ScanningService> {
  return {
    async listMovements(request, context) {
      const assetId = request.assetId.toLowerCase();
      const list = `movements:${assetId}`;
      const position = decodePageToken(list, ['instant', 'uuid', 'number', 'string'], request.pageToken);
      if (!position.ok) throw connectErrorOf(position.error);
      const after = position.value as MovementPosition | null;
      const size = pageSizeOf(request.pageSize);
      const [isThere, found] = await atOnceWithTenant(
        pool,
        scopeOf(callerOf(context)),
        (tx) => together([hasAsset(tx, assetId), listMovements(tx, assetId, { after, limit: size + 1 })]),
        { isReadOnly: true, keepsPlans: true },
      );
      if (!isThere) throw connectErrorOf({ tag: 'not_found', what: 'asset', field: 'asset_id' });
      const page = pageOf(found, size, (last) =>
        encodePageToken(list, [last.effectiveAt, last.deviceId, last.sequence, last.id]),
      );
      return { movements: page.rows.map(movementMessage), nextPageToken: page.nextPageToken };
    },

    async listOpenConflicts(request, context) {
      const position = decodePageToken('conflicts', ['instant', 'string'], request.pageToken);
      if (!position.ok) throw connectErrorOf(position.error);
      const after = position.value as ConflictPosition | null;
      const size = pageSizeOf(request.pageSize);
      const { page, movementsById } = await withTenant(
        pool,
        scopeOf(callerOf(context)),
        async (tx) => {
          const found = await listOpenConflicts(tx, { after, limit: size + 1 });
          const page = pageOf(found, size, ({ openedAt, id }) =>
            encodePageToken('conflicts', [openedAt, id]),
          );
          return { page, movementsById: await movementsOf(tx, page.rows) };
        },
        { isReadOnly: true, keepsPlans: true },
      );
      return {
        conflicts: page.rows.map((row) => conflictMessage(row, movementsById)),
        nextPageToken: page.nextPageToken,
      };
    },
  };
}

function movementsOf(tx: TenantTransaction, conflicts: readonly ConflictRow[]) {
  const ids = conflicts
    .flatMap((row) => [row.firstMovementId, row.secondMovementId])
    .filter((id) => id !== null);
  return findMovements(tx, ids);
}
